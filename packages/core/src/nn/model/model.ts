/** What all models can do: they train, measure and predict, and are layers of other models. */
import { GraphError } from "../../graph/error.ts";
import { Layer } from "../layers/layer.ts";
import type { LayerCall, SymbolicTensor } from "../layers/layer.ts";
import { describeUnknown } from "../nearest-name.ts";
import { engineOf } from "../training/engine.ts";
import { evaluate } from "../training/evaluate.ts";
import type { EvaluateOptions } from "../training/evaluate.ts";
import { fit } from "../training/fit.ts";
import type { FitOptions } from "../training/fit.ts";
import type { History } from "../training/history.ts";
import type { DataLike } from "../training/data.ts";
import { predict } from "../training/predict.ts";
import type { PredictOptions } from "../training/predict.ts";
import { ProgramCache } from "../training/program-cache.ts";
import type { Logs } from "../logs.ts";
import { Trainer } from "../training/trainer.ts";
import type { CompileOptions } from "../training/trainer.ts";
import type { Variable } from "../variable.ts";
import { summarize } from "./summary.ts";
import type { SummaryOptions } from "./summary.ts";

export abstract class Model extends Layer {
  abstract readonly inputs: readonly SymbolicTensor[];
  abstract readonly outputs: readonly SymbolicTensor[];
  /** The layers in Keras's order; models within count as one. */
  abstract readonly layers: readonly Layer[];
  /** The calls of the layers that make up the model, in an order in which they can be made. */
  abstract readonly innerCalls: readonly LayerCall[];
  #trainer: Trainer | undefined;
  #isTraining = false;
  readonly #predictions = new ProgramCache();

  override get numInputs(): number {
    return this.inputs.length;
  }

  /** Every variable once, in the order of the layers. */
  override get variables(): readonly Variable[] {
    return [...new Set(this.layers.flatMap(({ variables }) => variables))];
  }

  override get trainableVariables(): readonly Variable[] {
    if (!this.trainable) return [];
    return [...new Set(this.layers.flatMap(({ trainableVariables }) => trainableVariables))];
  }

  /** How the model was compiled: objective, optimizer and its state; undefined before. */
  get compiled(): Trainer | undefined {
    return this.#trainer;
  }

  /**
   * Says what to train for and how, as Keras's `compile`. Begins with a fresh state of the optimizer.
   *
   * @example
   * autoencoder.compile({ optimizer: adam(), loss: "mse" });
   *
   * @throws RangeError when an optimizer, loss or metric is unknown.
   */
  compile(options: CompileOptions): void {
    const before = this.#trainer;
    this.#trainer = new Trainer(this, options);
    void before?.dispose();
  }

  /**
   * Trains the model, as Keras's `fit`. Uint8Arrays may be given with a scale: `{ data, scale: 1 / 255 }`.
   *
   * @throws GraphError when the data do not fit the model or hold NaN.
   * @throws TrainingDiverged when the loss becomes NaN or infinite; the weights are then those of the last good epoch.
   */
  async fit(x: DataLike, y: DataLike, options: FitOptions = {}): Promise<History> {
    const trainer = this.#compiledFor("fit", x);
    if (this.#isTraining) throw new GraphError(`model "${this.name}" is being trained already; wait for that to end`);
    this.#isTraining = true;
    try {
      return await fit(trainer, x, y, options);
    } finally {
      this.#isTraining = false;
    }
  }

  /** Loss and metrics, averaged over all samples: `{ loss, accuracy }`. */
  async evaluate(x: DataLike, y: DataLike, options: EvaluateOptions = {}): Promise<Logs> {
    return evaluate(this.#compiledFor("evaluate", x), x, y, options);
  }

  /**
   * The model's output for every sample, one after the other, row-major.
   *
   * @throws GraphError when the data do not fit the model, or it has several outputs.
   */
  async predict(x: DataLike | readonly DataLike[], options: PredictOptions = {}): Promise<Float32Array> {
    const outputs = await this.predictAll(x, options);
    const [output] = outputs;
    if (output !== undefined && outputs.length === 1) return output;
    throw new GraphError(`model "${this.name}" has ${outputs.length} outputs; use predictAll, which returns them all`);
  }

  /** As `predict`, for models with any number of outputs: one array for each. */
  async predictAll(x: DataLike | readonly DataLike[], options: PredictOptions = {}): Promise<Float32Array[]> {
    const inputs: readonly DataLike[] = Array.isArray(x) ? (x as readonly DataLike[]) : [x as DataLike];
    this.#buildFor(inputs[0]);
    const engine = await engineOf(this.#trainer?.device);
    return predict(this, this.#predictions, engine, inputs, options);
  }

  /** Takes one training step on these samples, and returns their loss and metrics from before it. */
  async trainOnBatch(x: DataLike, y: DataLike): Promise<Logs> {
    const trainer = this.#compiledFor("trainOnBatch", x);
    const examples = trainer.examples(x, y);
    const { count } = examples.x;
    const program = await trainer.trainingProgram(examples.kind, count);
    return trainer.step(program, examples, {
      order: Uint32Array.from({ length: count }, (_, i) => i),
      from: 0,
      to: count,
    });
  }

  /** Loss and metrics of these samples. */
  async testOnBatch(x: DataLike, y: DataLike): Promise<Logs> {
    const trainer = this.#compiledFor("testOnBatch", x);
    return evaluate(trainer, x, y, { batchSize: trainer.examples(x, y).x.count });
  }

  /** Prints the layers with their shapes and numbers of parameters, as Keras does, and returns the text. */
  summary(options: SummaryOptions = {}): string {
    const text = summarize(this.#summarized(), options);
    // oxlint-disable-next-line no-console -- printing is what the caller asks for.
    const { print = console.log } = options;
    print(text);
    return text;
  }

  /**
   * The layer of a name.
   *
   * @throws RangeError when there is none; it suggests the nearest.
   */
  getLayer(name: string): Layer {
    const found = this.layers.find((layer) => layer.name === name);
    if (found !== undefined) return found;
    const known = this.layers.map((layer) => layer.name);
    throw new RangeError(`model "${this.name}" has no layer ${describeUnknown(name, known)}`);
  }

  /** Gives the memory of the model's programs back. Weights stay, and the model can be used again. */
  async dispose(): Promise<void> {
    await this.#predictions.dispose();
    await this.#trainer?.dispose();
    for (const variable of this.variables) variable.detach();
  }

  #compiledFor(method: string, x: DataLike): Trainer {
    this.#buildFor(x);
    if (this.#trainer !== undefined) return this.#trainer;
    throw new GraphError(
      `model "${this.name}" must be compiled before ${method}: model.compile({ optimizer: "adam", loss: "mse" })`,
    );
  }

  /** A sequential model without an input learns its shape from the first data. */
  #buildFor(x: DataLike | undefined): void {
    if (this.built || x === undefined || !("shape" in x)) return;
    this.build([x.shape]);
  }

  #summarized(): Parameters<typeof summarize>[0] {
    const { name, layers, built, variables, trainableVariables, innerCalls } = this;
    return {
      name,
      layers,
      built,
      variables,
      trainableVariables,
      innerCalls,
      optimizerSize: this.#trainer?.state.size ?? 0,
    };
  }
}
