/** The training of a classifier, phase after phase, whose state between epochs can be saved and gone on with. */
import { dataset } from "../../data/dataset.ts";
import type { AnyDataset } from "../../data/streamed-dataset.ts";
import { perPart } from "../../models/per-part.ts";
import type { PhaseSpan } from "../../models/phase-spans.ts";
import type { Predictions } from "../../models/predictions.ts";
import { briefOf } from "../../models/samples.ts";
import { readTrainingState, restoreTrainingState } from "../../models/training-state.ts";
import type { TrainingState } from "../../models/training-state.ts";
import { rangeOfValues } from "../../models/values.ts";
import type { CustomTrainer } from "../../nn/model/custom-trainer.ts";
import type { History } from "../../nn/training/history.ts";
import type { Device } from "../../runtime/device.ts";
import { balancedClassWeights } from "./balance/index.ts";
import type { ClassifierFitOptions, ClassifierHistory, ClassifierTraining } from "./classifier-options.ts";
import type { ClassifierNetwork } from "./networks/index.ts";
import { planPhases } from "./plan-phases.ts";
import type { PlannedPhase } from "./plan-phases.ts";
import { Stopping } from "./stopping.ts";
import { partTrainer } from "./train-part.ts";
import type { PartTraining } from "./train-part.ts";

/** Samples of which a base computes the features at a time. */
const BATCH_SIZE = 64;

export interface PhasedTrainingSettings {
  readonly network: ClassifierNetwork;
  readonly numClasses: number;
  readonly seed: number;
  readonly device: Device | undefined;
  /** What computes the features of a base that keeps still. */
  readonly predictions: Predictions;
}

/** Where a training stands. */
interface Current {
  readonly phase: number;
  readonly from: number;
  readonly trainer: CustomTrainer;
  readonly stopping: Stopping | undefined;
}

export class PhasedTraining {
  readonly #settings: PhasedTrainingSettings;
  #current: Current | undefined;
  /** Of a training that is to go on. */
  #resumed: TrainingState | undefined;

  constructor(settings: PhasedTrainingSettings) {
    this.#settings = settings;
  }

  /** What the optimizer and early stopping keep; undefined before there is any. */
  get state(): TrainingState | undefined {
    const current = this.#current;
    if (current === undefined) return this.#resumed;
    return { ...readTrainingState(current, current.trainer), stopping: current.stopping?.state };
  }

  /** Puts a state back: `train` goes on from it. */
  restore(state: TrainingState | undefined): void {
    this.#current = undefined;
    this.#resumed = state;
  }

  /** @throws RangeError when the training is to go on with an epoch that its state is not of. */
  async train(
    data: AnyDataset,
    validation: AnyDataset | undefined,
    plan: ClassifierTraining,
    options: ClassifierFitOptions,
  ): Promise<ClassifierHistory> {
    const { initialEpoch = 0, callbacks = () => [], patience } = options;
    const phases = planPhases(this.#settings.network, plan);
    const resumed = this.#resumedAt(initialEpoch, phases);
    const valueRange = rangeOfValues((await briefOf(data)).values);
    const entries: History["entries"][number][] = [];
    const spans: PhaseSpan[] = [];
    for (const [index, phase] of phases.entries()) {
      if (index < (resumed?.phase ?? 0)) continue;
      const goesOn = index === resumed?.phase ? resumed : undefined;
      const done = initialEpoch + entries.length;
      const from = goesOn?.from ?? done;
      const span = { name: phase.name, from, to: from + phase.epochs, isLast: index === phases.length - 1 };
      const history = await this.#trainPhase(index, phase, goesOn, data, validation, {
        ...this.#partTraining(data, plan, options),
        span,
        initialEpoch: done,
        learningRate: phase.learningRate,
        callbacks: callbacks(span),
        valueRange,
        patience,
      });
      entries.push(...history.entries);
      spans.push({ ...span, to: initialEpoch + entries.length });
      if (history.stopped === "aborted" || (history.stopped === "callback" && span.isLast)) {
        return { epochs: entries, phases: spans, stopped: history.stopped };
      }
    }
    return { epochs: entries, phases: spans, stopped: "finished" };
  }

  async #trainPhase(
    index: number,
    phase: PlannedPhase,
    resumed: TrainingState | undefined,
    data: AnyDataset,
    validation: AnyDataset | undefined,
    { patience, callbacks, ...training }: PartTraining & Pick<ClassifierFitOptions, "patience">,
  ): Promise<History> {
    const part = phase.begin();
    const see = async (samples: AnyDataset): Promise<AnyDataset> =>
      phase.isCached ? this.#featuresOf(samples, training.signal) : samples;
    const [seen, validated] = [await see(data), validation && (await see(validation))];
    // What computed features is not needed while the head learns, and its memory is.
    if (phase.isCached) await this.#settings.predictions.dispose();
    const monitor = validation === undefined ? "loss" : "val_loss";
    const stopping = patience === undefined ? undefined : new Stopping(monitor, patience, resumed?.stopping);
    // First, because others may save what it knows.
    const all = [...(stopping?.callbacks ?? []), ...callbacks];
    const { trainer, fit } = partTrainer(part, data.count, { ...training, callbacks: all });
    try {
      if (resumed !== undefined) await restoreTrainingState(trainer, resumed);
      this.#current = { phase: index, from: training.span.from, trainer, stopping };
      return await fit(seen, validated);
    } finally {
      await trainer.dispose();
    }
  }

  #resumedAt(initialEpoch: number, phases: readonly PlannedPhase[]): TrainingState | undefined {
    if (!Number.isInteger(initialEpoch) || initialEpoch < 0) {
      throw new RangeError(`initialEpoch must be a whole number from 0 on; ${initialEpoch} came`);
    }
    if (initialEpoch === 0) return undefined;
    const { state } = this;
    const phase = phases[state?.phase ?? -1];
    if (state === undefined || phase === undefined) {
      throw new RangeError(
        `initialEpoch ${initialEpoch} goes on with a training, and this classifier has none behind it; load one that was saved ` +
          "with includeOptimizer, or begin with 0",
      );
    }
    const last = state.from + phase.epochs;
    if (initialEpoch >= state.from && initialEpoch <= last) return state;
    throw new RangeError(
      `the training stands in its part "${phase.name}", the epochs ${state.from} to ${last}; initialEpoch ${initialEpoch} came`,
    );
  }

  #partTraining(
    data: AnyDataset,
    { batchSize, optimizer }: ClassifierTraining,
    options: ClassifierFitOptions,
  ): Omit<PartTraining, "span" | "initialEpoch" | "learningRate" | "callbacks" | "valueRange"> {
    const { numClasses, seed, device } = this.#settings;
    return {
      numClasses,
      labelSmoothing: options.labelSmoothing,
      classWeight: weightsOf(data, numClasses, options),
      batchSize,
      optimizer,
      seed: options.seed ?? seed,
      balancedSampling: options.balancedSampling ?? false,
      augment: options.augment,
      verbose: options.verbose ?? 0,
      signal: options.signal,
      device,
    };
  }

  /** What the frozen base sees of samples, with their labels. */
  async #featuresOf(data: AnyDataset, signal: AbortSignal | undefined): Promise<AnyDataset> {
    const { network, predictions } = this.#settings;
    const { features } = network.transfer as NonNullable<ClassifierNetwork["transfer"]>;
    const values = await perPart(data, (part) =>
      predictions.predict(features, [part], { batchSize: BATCH_SIZE, signal }),
    );
    const { labels, classNames, name } = data;
    return dataset(name, features.output.shape, values, { labels, classNames });
  }
}

function weightsOf(
  { labels = new Uint8Array() }: AnyDataset,
  numClasses: number,
  { classWeight, balancedSampling = false }: ClassifierFitOptions,
): Readonly<Record<number, number>> | undefined {
  if (classWeight === undefined) return undefined;
  if (balancedSampling) {
    throw new RangeError("classes are balanced by weights or by sampling; both came, and rare ones would count twice");
  }
  return classWeight === "balanced" ? balancedClassWeights(labels, numClasses) : classWeight;
}
