/** The training of a model as its users see it: settings, what happened so far, and the state to go back to. */
import type { AnyDataset } from "../data/streamed-dataset.ts";
import { GraphError } from "../graph/error.ts";
import type { Logs } from "../nn/logs.ts";
import type { Callback } from "../nn/training/callback.ts";
import { trainingAugmentation } from "./augmentation/training-augmentation.ts";
import type {
  AutoencoderFitOptions,
  AutoencoderHistory,
  AutoencoderSnapshot,
  DecidedSettings,
} from "./autoencoder-options.ts";
import type { Brief, Network } from "./model-family.ts";
import type { TrainingSettings } from "./presets.ts";
import type { PhaseSpan } from "./phase-spans.ts";
import { PhasedTraining } from "./train-phases.ts";
import type { TrainingPlan } from "./train-phases.ts";
import type { TrainingState } from "./training-state.ts";

export class AutoencoderTraining {
  readonly #brief: Brief;
  readonly #network: Network;
  readonly #settings: DecidedSettings;
  readonly #phases: PhasedTraining;
  #history: Logs[] = [];
  #isTraining = false;

  constructor(brief: Brief, network: Network, settings: DecidedSettings) {
    this.#brief = brief;
    this.#network = network;
    this.#settings = settings;
    this.#phases = new PhasedTraining(network);
  }

  /** The figures of all epochs so far. */
  get history(): readonly Logs[] {
    return this.#history;
  }

  /** The state of the optimizers; undefined before there is any. */
  get state(): TrainingState | undefined {
    return this.#phases.state;
  }

  /** @throws GraphError when the model is being trained already. */
  async fit(
    data: AnyDataset,
    validation: AnyDataset | undefined,
    settings: TrainingSettings,
    options: AutoencoderFitOptions,
  ): Promise<AutoencoderHistory> {
    if (this.#isTraining) throw new GraphError(`the model is being trained already; wait for that to end`);
    const { device } = this.#settings;
    const { seed = this.#settings.seed, initialEpoch = 0, shuffle = true, verbose = 0, signal } = options;
    if (!Number.isInteger(initialEpoch) || initialEpoch < 0) {
      throw new RangeError(`initialEpoch must be a whole number from 0 on; ${initialEpoch} came`);
    }
    const { augment } = options;
    const augmentation = augment === undefined ? undefined : trainingAugmentation(augment, this.#brief, this.#network);
    this.#isTraining = true;
    if (initialEpoch === 0) this.#history = [];
    try {
      const { entries, stopped, spans } = await this.#phases.train(data, validation, {
        ...settings,
        seed,
        initialEpoch,
        shuffle,
        verbose,
        signal,
        device,
        augmentation,
        callbacks: (phase) => [this.#watch(), ...callbacksOf(options.callbacks, phase)],
      });
      return { epochs: entries, history: byFigure(entries), phases: spans, stopped };
    } finally {
      this.#isTraining = false;
    }
  }

  /** @throws RangeError when there are too few epochs for the parts of a training, or it cannot go on with that epoch. */
  check(plan: Pick<TrainingPlan, "epochs" | "initialEpoch">): void {
    this.#phases.spans(plan);
  }

  takeSnapshot(): AutoencoderSnapshot {
    const { model } = this.#network;
    const [weights, state] = [model.getWeights(), this.#phases.state];
    return {
      iterations: this.#phases.iterations,
      restore: async () => {
        model.setWeights(weights);
        await this.#phases.restore(state);
      },
    };
  }

  /** @param history the figures of the epochs that led to the state. */
  async restore(state: TrainingState, history: readonly Logs[]): Promise<void> {
    await this.#phases.restore(state);
    this.#history = [...history];
  }

  /** Gives the memory of the programs back. The state stays. */
  dispose(): Promise<void> {
    return this.#phases.dispose();
  }

  #watch(): Callback {
    return { onEpochEnd: (_, logs) => void this.#history.push(logs) };
  }
}

/** Each figure over the epochs that have it. */
function byFigure(entries: readonly { readonly logs: Logs }[]): Record<string, number[]> {
  const figures: Record<string, number[]> = {};
  for (const { logs } of entries) {
    for (const [name, value] of Object.entries(logs)) (figures[name] ??= []).push(value);
  }
  return figures;
}

function callbacksOf(given: AutoencoderFitOptions["callbacks"] = [], phase: PhaseSpan): readonly Callback[] {
  return typeof given === "function" ? given(phase) : given;
}
