/** What all models can do: they train, measure and predict, and are layers of other models. */
import { GraphError } from "../../graph/error.ts";
import { withProgressLine } from "../callbacks/progress-line.ts";
import { Layer } from "../layers/layer.ts";
import type { LayerCall, SymbolicTensor } from "../layers/layer.ts";
import { describeUnknown } from "../nearest-name.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import { engineOf } from "../training/engine.ts";
import { evaluate } from "../training/evaluate.ts";
import type { EvaluateOptions } from "../training/evaluate.ts";
import { fit } from "../training/fit.ts";
import type { FitOptions } from "../training/fit.ts";
import type { History } from "../training/history.ts";
import type { BatchStream } from "../training/batch-source.ts";
import { isBatchStream, wholeBatch } from "../training/batch-source.ts";
import { isDataLike } from "../tensor-data.ts";
import type { ModelData, WeightOptions } from "../training/examples.ts";
import { FigureSums } from "../training/figures.ts";
import { predictionGraph } from "../training/model-graph.ts";
import { predict } from "../training/predict.ts";
import type { PredictOptions } from "../training/predict.ts";
import { ProgramCache } from "../training/program-cache.ts";
import type { Logs } from "../logs.ts";
import { CompiledTrainer } from "../training/compiled-trainer.ts";
import type { CompileOptions } from "../training/compiled-trainer.ts";
import type { Variable } from "../variable.ts";
import { assignNamed, variableAt } from "./named-weights.ts";
import type { NamedWeights } from "./named-weights.ts";
import { summarize } from "./summary.ts";
import type { SummaryOptions } from "./summary.ts";

export abstract class Model extends Layer {
  abstract readonly inputs: readonly SymbolicTensor[];
  abstract readonly outputs: readonly SymbolicTensor[];
  /** The names of the outputs: those of the layers that make them, numbered where one makes several. */
  abstract readonly outputNames: readonly string[];
  /** The layers in Keras's order; models within count as one. */
  abstract readonly layers: readonly Layer[];
  /** The calls of the layers that make up the model, in an order in which they can be made. */
  abstract readonly innerCalls: readonly LayerCall[];
  #trainer: CompiledTrainer | undefined;
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

  /** Which of the layers, those of models within included, are frozen: a digit for each. */
  get trainability(): string {
    const digit = this.trainable ? "1" : "0";
    return (
      digit +
      this.layers.map((layer) => (layer instanceof Model ? layer.trainability : layer.trainable ? "1" : "0")).join("")
    );
  }

  override get trainable(): boolean {
    return super.trainable;
  }

  /** Also sets that of all its layers, as in Keras. */
  override set trainable(value: boolean) {
    super.trainable = value;
    for (const layer of this.layers) layer.trainable = value;
  }

  /** The only output: where another model may begin or end. */
  override get output(): SymbolicTensor {
    const [output] = this.outputs;
    if (output !== undefined && this.outputs.length === 1) return output;
    throw new GraphError(`model "${this.name}" has ${this.outputs.length} outputs; take one of \`outputs\``);
  }

  /** How the model was compiled: objective, optimizer and its state; undefined before. */
  get compiled(): CompiledTrainer | undefined {
    return this.#trainer;
  }

  /** The optimizer that the model was compiled with: `model.optimizer.learningRate = 1e-4`; undefined before. */
  get optimizer(): Optimizer | undefined {
    return this.#trainer?.optimizer;
  }

  /**
   * Says what to train for and how, as Keras's `compile`. Begins with a fresh state of the optimizer.
   *
   * @example
   * autoencoder.compile({ optimizer: adam(), loss: "mse" });
   *
   * @throws RangeError when an optimizer, loss or metric is unknown.
   * @throws GraphError while the model is being trained.
   */
  compile(options: CompileOptions): void {
    this.#checkIdle();
    const before = this.#trainer;
    this.#trainer = new CompiledTrainer(this, options);
    void before?.dispose();
  }

  /**
   * Trains the model, as Keras's `fit`: on arrays, or on a stream of batches. Uint8Arrays may be given with a scale:
   * `{ data, scale: 1 / 255 }`. Models with several inputs or outputs take a list of arrays, or an object by layer name.
   *
   * @example
   * await autoencoder.fit(images, images, { epochs: 10, batchSize: 128, validationSplit: 0.1 });
   * await classifier.fit(async function* () { yield { x, y }; }, { epochs: 10 });
   *
   * @throws GraphError when the data do not fit the model or hold NaN.
   * @throws TrainingDiverged when the loss becomes NaN or infinite; the weights are then those of the last good epoch.
   */
  fit(x: ModelData, y: ModelData, options?: FitOptions): Promise<History>;
  fit(batches: BatchStream, options?: FitOptions): Promise<History>;
  fit(batches: BatchStream, y: undefined, options?: FitOptions): Promise<History>;
  async fit(x: ModelData | BatchStream, ...rest: readonly (ModelData | FitOptions | undefined)[]): Promise<History> {
    const [y, options] = targetsAndOptions<FitOptions>(x, rest);
    const trainer = this.#compiledFor("fit", x);
    this.#checkIdle();
    this.#isTraining = true;
    try {
      return await fit(trainer, x, y, withProgressLine(options));
    } finally {
      this.#isTraining = false;
    }
  }

  /** Loss and metrics over all samples: `{ loss, accuracy }`. */
  evaluate(x: ModelData, y: ModelData, options?: EvaluateOptions): Promise<Logs>;
  evaluate(batches: BatchStream, options?: EvaluateOptions): Promise<Logs>;
  evaluate(batches: BatchStream, y: undefined, options?: EvaluateOptions): Promise<Logs>;
  async evaluate(
    x: ModelData | BatchStream,
    ...rest: readonly (ModelData | EvaluateOptions | undefined)[]
  ): Promise<Logs> {
    const [y, options] = targetsAndOptions<EvaluateOptions>(x, rest);
    return evaluate(this.#compiledFor("evaluate", x), x, y, withProgressLine(options));
  }

  /**
   * The model's output for every sample, one after the other, row-major.
   *
   * @throws GraphError when the data do not fit the model, or it has several outputs.
   */
  async predict(x: ModelData | BatchStream, options: PredictOptions = {}): Promise<Float32Array> {
    const outputs = await this.predictAll(x, options);
    const [output] = outputs;
    if (output !== undefined && outputs.length === 1) return output;
    throw new GraphError(`model "${this.name}" has ${outputs.length} outputs; use predictAll, which returns them all`);
  }

  /** As `predict`, for models with any number of outputs: one array for each. */
  async predictAll(x: ModelData | BatchStream, options: PredictOptions = {}): Promise<Float32Array[]> {
    this.#buildFor(x);
    const engine = await engineOf(this.#trainer?.device);
    const { name, inputs, outputs, variables } = this;
    const predictor = { name, inputs, outputs, variables, graph: () => predictionGraph(this) };
    return predict(predictor, this.#predictions, engine, x, withProgressLine(options));
  }

  /** Takes one training step on these samples, and returns their loss and metrics from before it. */
  async trainOnBatch(x: ModelData, y: ModelData, weights: WeightOptions = {}): Promise<Logs> {
    const trainer = this.#compiledFor("trainOnBatch", x);
    const examples = trainer.examples(x, y, weights);
    const { program, release } = await trainer.trainingProgram(examples.kind, examples.count);
    try {
      trainer.step(program, examples, wholeBatch(examples.count));
      const sums = new FigureSums(program.figures);
      sums.add(program.measured(), examples.count);
      return sums.values;
    } finally {
      await release();
    }
  }

  /** Loss and metrics of these samples. */
  async testOnBatch(x: ModelData, y: ModelData, weights: WeightOptions = {}): Promise<Logs> {
    const trainer = this.#compiledFor("testOnBatch", x);
    return evaluate(trainer, x, y, { ...weights, batchSize: trainer.examples(x, y).count });
  }

  /**
   * Prints the layers with their shapes and numbers of parameters, as Keras does, and returns the text.
   *
   * @throws RangeError when no layer is within `layerRange`, or the line is too short.
   */
  summary(options: SummaryOptions = {}): string {
    const text = summarize(this, options);
    // oxlint-disable-next-line no-console -- printing is what the caller asks for.
    const { print = console.log } = options;
    print(text);
    return text;
  }

  /**
   * A layer by its name, or by its place among `layers`: −1 is the last one.
   *
   * @throws RangeError when there is none; it suggests the nearest name.
   */
  getLayer(nameOrIndex: string | number): Layer {
    if (typeof nameOrIndex === "number") {
      const layer = this.layers.at(nameOrIndex);
      if (layer !== undefined && Number.isInteger(nameOrIndex)) return layer;
      throw new RangeError(
        `model "${this.name}" has ${this.layers.length} layers, counted from 0, none at ${nameOrIndex}`,
      );
    }
    const found = this.layers.find((layer) => layer.name === nameOrIndex);
    if (found !== undefined) return found;
    const known = this.layers.map((layer) => layer.name);
    throw new RangeError(`model "${this.name}" has no layer ${describeUnknown(nameOrIndex, known)}`);
  }

  /**
   * A variable by its path: `conv2d/kernel`, `sequential/dense/bias`.
   *
   * @throws RangeError when there is none; it suggests the nearest path.
   */
  getVariable(path: string): Variable {
    return variableAt(this, path);
  }

  /**
   * Replaces the variables' values: of all in the order of `getWeights`, or of some by their paths.
   *
   * @example
   * model.setWeights({ "dense/kernel": kernel, "dense/bias": bias });
   *
   * @throws RangeError when a path is unknown.
   * @throws GraphError when numbers of arrays or of values do not fit; nothing has then changed.
   */
  override setWeights(weights: readonly ArrayLike<number>[] | NamedWeights): void {
    if (Array.isArray(weights)) super.setWeights(weights as readonly ArrayLike<number>[]);
    else assignNamed(this, weights as NamedWeights);
  }

  /** Gives the memory of the model's programs back. Weights stay, and the model can be used again. */
  async dispose(): Promise<void> {
    await this.#predictions.dispose();
    await this.#trainer?.dispose();
    for (const variable of this.variables) variable.detach();
  }

  #checkIdle(): void {
    if (this.#isTraining) throw new GraphError(`model "${this.name}" is being trained already; wait for that to end`);
  }

  #compiledFor(method: string, x: ModelData | BatchStream): CompiledTrainer {
    this.#buildFor(x);
    if (this.#trainer !== undefined) return this.#trainer;
    throw new GraphError(
      `model "${this.name}" must be compiled before ${method}: model.compile({ optimizer: "adam", loss: "mse" })`,
    );
  }

  /** A sequential model without an input learns its shape from the first data. */
  #buildFor(x: ModelData | BatchStream): void {
    if (this.built || !isDataLike(x) || !("shape" in x)) return;
    this.build([x.shape]);
  }
}

/** What follows the inputs: targets and options, or of a stream the options alone. */
function targetsAndOptions<Options extends object>(
  x: ModelData | BatchStream,
  [first, second]: readonly (ModelData | Options | undefined)[],
): readonly [y: ModelData | undefined, options: Options] {
  // The targets may also be left out by name: fit(batches, undefined, options).
  if (isBatchStream(x)) return [undefined, (first ?? second ?? {}) as Options];
  return [first as ModelData, (second ?? {}) as Options];
}
