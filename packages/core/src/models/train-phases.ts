/** The training of a model: phase after phase, with epochs that are counted through. */
import { isStreamed } from "../data/streamed-dataset.ts";
import type { AnyDataset } from "../data/streamed-dataset.ts";
import type { Device } from "../runtime/device.ts";
import type { Logs } from "../nn/logs.ts";
import { cosineDecay } from "../nn/schedules/index.ts";
import { isBatchStream } from "../nn/training/batch-source.ts";
import type { Callback } from "../nn/training/callback.ts";
import type { ValidationData } from "../nn/training/fit-sources.ts";
import { CustomTrainer } from "../nn/model/custom-trainer.ts";
import type { StopReason } from "../nn/training/history.ts";
import type { TrainingAugmentation } from "./augmentation/training-augmentation.ts";
import { familyOptimizer } from "./family-optimizer.ts";
import type { Network, PhasePlan, TrainedPhase, TrainingDefaults } from "./model-family.ts";
import { phaseSpans } from "./phase-spans.ts";
import type { PhaseSpan } from "./phase-spans.ts";
import { solvePhase } from "./solve-phase.ts";
import { heldTargets, targetTensors, trainingData } from "./training-inputs.ts";
import type { TrainingState } from "./training-state.ts";
import { readTrainingState, restoreTrainingState } from "./training-state.ts";

/** How a model is trained, all decided. */
export interface TrainingPlan extends TrainingDefaults {
  /** Whether the learning rate falls to nothing along half a cosine over each phase. */
  readonly decay: boolean;
  readonly seed: number;
  readonly initialEpoch: number;
  readonly shuffle: boolean;
  readonly verbose: 0 | 1 | 2;
  readonly signal: AbortSignal | undefined;
  readonly device: Device | undefined;
  /** How samples are changed before the steps see them; not at all where undefined. */
  readonly augmentation: TrainingAugmentation | undefined;
  readonly callbacks: readonly Callback[] | ((phase: PhaseSpan) => readonly Callback[]);
}

/** What came of a training. */
export interface PhasesResult {
  /** The figures of each epoch of this training. */
  readonly entries: readonly { readonly epoch: number; readonly logs: Logs }[];
  readonly stopped: StopReason;
  /** All phases, those that were over before included. */
  readonly spans: readonly PhaseSpan[];
}

/** A training whose state between epochs can be saved. */
export class PhasedTraining {
  readonly #network: Network;
  #current: { readonly phase: number; readonly from: number; readonly trainer: CustomTrainer } | undefined;
  /** Of a training that is to go on. */
  #resumed: TrainingState | undefined;

  constructor(network: Network, resumed?: TrainingState) {
    this.#network = network;
    this.#resumed = resumed;
  }

  /** The state of the optimizers; undefined before there is any. */
  get state(): TrainingState | undefined {
    const current = this.#current;
    return current === undefined ? this.#resumed : readTrainingState(current, current.trainer);
  }

  /** The batches that the phase at hand was trained on. */
  get iterations(): number {
    return this.#current?.trainer.state.iterations ?? 0;
  }

  /** Puts a state back; of the phase that is being trained, at once. */
  async restore(state: TrainingState | undefined): Promise<void> {
    if (this.#current?.phase === state?.phase && this.#current !== undefined && state !== undefined) {
      await restoreTrainingState(this.#current.trainer, state);
    } else {
      await this.dispose();
    }
    this.#resumed = state;
  }

  async train(data: AnyDataset, validation: AnyDataset | undefined, plan: TrainingPlan): Promise<PhasesResult> {
    const entries: { epoch: number; logs: Logs }[] = [];
    const spans = this.spans(plan);
    for (const [index, span] of spans.entries()) {
      if (span.to <= plan.initialEpoch) continue;
      const phase = this.#network.phases[index];
      if (phase?.kind === "solved") {
        const logs = await solvePhase(phase, data, validation, plan);
        if (logs === undefined) return { entries, stopped: "aborted", spans };
        entries.push({ epoch: span.from, logs });
        for (const callback of callbacksFor(plan, span)) await callback.onEpochEnd?.(span.from, logs);
        continue;
      }
      if (phase === undefined) continue;
      const trainer = await this.#trainerOf(index, phase, span, data, plan);
      const { batchSize, shuffle, seed, augmentation } = plan;
      const batches = { batchSize, ...(shuffle && { shuffle: { seed } }) };
      const history = await trainer.fit(trainingData(phase.inputs, data, batches), {
        y: heldTargets(data),
        epochs: span.to,
        initialEpoch: Math.max(span.from, plan.initialEpoch),
        batchSize,
        shuffle,
        seed,
        mixUp: augmentation?.mixUp,
        ...(isStreamed(data) && { stepsPerEpoch: Math.ceil(data.count / batchSize) }),
        ...(plan.signal !== undefined && { signal: plan.signal }),
        ...(validation !== undefined && {
          validationData: validationInputs(phase, validation, batchSize),
        }),
        callbacks: callbacksFor(plan, span),
        verbose: plan.verbose,
      });
      entries.push(...history.entries);
      if (history.stopped !== "finished") return { entries, stopped: history.stopped, spans };
    }
    return { entries, stopped: "finished", spans };
  }

  /**
   * When the phases of a training would begin and end.
   *
   * @throws RangeError when the epochs do not do for that.
   */
  spans(plan: Pick<TrainingPlan, "epochs" | "initialEpoch">): PhaseSpan[] {
    return phaseSpans(this.#network, plan, this.#current ?? this.#resumed);
  }

  /** Gives the memory of the programs back. The state stays. */
  async dispose(): Promise<void> {
    this.#resumed = this.state;
    const current = this.#current;
    this.#current = undefined;
    await current?.trainer.dispose();
  }

  /** A new phase begins with fresh optimizers; one that goes on, with theirs. */
  async #trainerOf(
    index: number,
    phase: TrainedPhase,
    { from, to }: PhaseSpan,
    data: AnyDataset,
    plan: TrainingPlan,
  ): Promise<CustomTrainer> {
    await this.dispose();
    const resumed = plan.initialEpoch > from ? this.#resumed : undefined;
    const stepsPerEpoch = Math.ceil(data.count / plan.batchSize);
    const phasePlan = {
      stepsPerEpoch,
      epochs: to - from,
      optimizer: optimizerMaker(plan, (to - from) * stepsPerEpoch),
    };
    const trainer = new CustomTrainer(this.#network.model, {
      inputs: phase.inputs,
      targets: targetTensors(data),
      steps: phase.steps(phasePlan),
      augment: plan.augmentation?.augment,
      ...(phase.measure !== undefined && { measure: (scope) => phase.measure!(scope) }),
      device: plan.device,
    });
    // Of this phase: `phaseSpans` lets no other one go on in its midst.
    if (resumed !== undefined) await restoreTrainingState(trainer, resumed);
    this.#current = { phase: index, from, trainer };
    this.#resumed = undefined;
    return trainer;
  }
}

function validationInputs({ inputs }: TrainedPhase, data: AnyDataset, batchSize: number): ValidationData {
  const given = trainingData(inputs, data, { batchSize });
  return isBatchStream(given) ? given : [given, heldTargets(data) ?? []];
}

function callbacksFor({ callbacks }: TrainingPlan, span: PhaseSpan): readonly Callback[] {
  return typeof callbacks === "function" ? callbacks(span) : callbacks;
}

function optimizerMaker({ optimizer, learningRate, decay }: TrainingPlan, steps: number): PhasePlan["optimizer"] {
  return (overrides = {}) => {
    const rate = learningRate * (overrides.rate ?? 1);
    return familyOptimizer(optimizer, decay ? cosineDecay(rate, steps) : rate, overrides);
  };
}
