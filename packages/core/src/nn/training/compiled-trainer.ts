/** A compiled model: its objective and its optimizer. */
import { GraphError } from "../../graph/error.ts";
import type { Device } from "../../runtime/device.ts";
import { optimizers } from "../optimizers/registry.ts";
import type { OptimizerLike } from "../optimizers/registry.ts";
import { toExamples } from "./examples.ts";
import type { Examples, ModelData, WeightOptions } from "./examples.ts";
import { evaluationGraph, trainingGraph } from "./model-graph.ts";
import type { ExamplesKind, ModelGraph, TrainableModel } from "./model-graph.ts";
import { resolveObjective } from "./objective.ts";
import type { ObjectiveOptions, OutputObjective } from "./objective.ts";
import { OptimizerState } from "./optimizer-state.ts";
import { Trainer } from "./trainer.ts";
import type { TrainingStep } from "./trainer.ts";

export interface CompileOptions extends ObjectiveOptions {
  /** An optimizer, or the name of one; Keras's `rmsprop` unless given. */
  readonly optimizer?: OptimizerLike;
  /** Where to compute; the device that all models share unless given. */
  readonly device?: Device;
}

export class CompiledTrainer extends Trainer {
  /** What is asked of each output. */
  readonly objective: readonly OutputObjective[];
  readonly steps: readonly [TrainingStep];

  constructor(model: TrainableModel, { optimizer: like = "rmsprop", device, ...options }: CompileOptions) {
    super(model, device);
    const optimizer = optimizers.get(like);
    const objective = resolveObjective(options, model.outputNames);
    const state = new OptimizerState(optimizer);
    this.objective = objective;
    this.steps = [
      {
        name: "train",
        optimizer,
        state,
        every: 1,
        variables: () => model.trainableVariables,
        graph: (kind) => trainingGraph(model, objective, kind, optimizer, (variable) => state.slotsOf(variable)),
      },
    ];
  }

  examples(
    x: ModelData,
    y: ModelData | undefined,
    weights?: WeightOptions,
    names?: readonly [x: string, y: string],
  ): Examples {
    const { name, inputs, outputs } = this.model;
    const objective = this.objective.map(({ name: output, loss, metrics, weightedMetrics }) => ({
      name: output,
      loss,
      isMeasured: loss !== undefined || metrics.length > 0 || weightedMetrics.length > 0,
    }));
    return toExamples({ name, inputs, outputs, objective }, x, y, weights, names);
  }

  override checkMixable(): void {
    const sparse = this.objective.find(({ loss }) => loss?.takesClassNumbers === true);
    if (sparse === undefined) return;
    throw new GraphError(
      `mixUp mixes targets, and those of output "${sparse.name}" are numbers of classes, between which there is nothing; give ` +
        'one-hot targets, of a 1 for the class and zeros, and the loss "categoricalCrossentropy"',
    );
  }

  betterOf(figure: string): "smaller" | "larger" | undefined {
    if (figure === "loss") return "smaller";
    for (const { name, loss, metrics, weightedMetrics } of this.objective) {
      const own = figure.startsWith(`${name}_`) ? figure.slice(name.length + 1) : figure;
      // Metrics with several figures number them, and those that count by weights may say so.
      const names = new Set([own, figure].flatMap(spellings));
      const metric = [...metrics, ...weightedMetrics].find((each) => names.has(each.name));
      if (metric !== undefined) return metric.better;
      if (loss !== undefined && own === "loss") return "smaller";
    }
    return undefined;
  }

  protected evaluationGraph(kind: ExamplesKind): ModelGraph {
    return evaluationGraph(this.model, this.objective, kind);
  }
}

/** A figure's name without what `fit` adds to that of its metric. */
function spellings(figure: string): string[] {
  return [figure, figure.replace(/^weighted_/u, "")].flatMap((name) => [name, name.replace(/_\d+$/u, "")]);
}
