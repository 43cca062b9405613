/**
 * The contract of layers. A layer is called on symbolic tensors, which records the call; a model later lowers the recorded
 * calls to graph nodes, once for each program (training, evaluation, prediction) that it compiles.
 */
import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import { formatShape } from "../../graph/tensor-type.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import { inputNode } from "../../ops/leaf.ts";
import { callableClass } from "../callable.ts";
import type { KerasConfig } from "../keras-object.ts";
import { FLOAT32_POLICY } from "../keras-object.ts";
import { autoName } from "../names.ts";
import type { Regularizer } from "../regularizers/regularizer.ts";
import { regularizers } from "../regularizers/registry.ts";
import type { RegularizerLike } from "../regularizers/registry.ts";
import { Variable } from "../variable.ts";
import type { VariableSpec } from "../variable.ts";
import { lowerContext } from "./lower-context.ts";
import type { LowerContext } from "./lower-context.ts";

export type { LowerContext } from "./lower-context.ts";

/** A tensor that has no values yet: the result of a layer's call, of the shape of one sample. */
export interface SymbolicTensor {
  readonly shape: Shape;
  /** The layer that makes it, in which of its calls, and as which of that call's outputs. */
  readonly layer: Layer;
  readonly callIndex: number;
  readonly outputIndex: number;
}

/** One use of a layer. */
export interface LayerCall {
  readonly layer: Layer;
  readonly inputs: readonly SymbolicTensor[];
  readonly outputs: readonly SymbolicTensor[];
}

export interface LayerOptions {
  /** Keras's automatic name (`conv2d_1`) unless given. */
  readonly name?: string;
  /** False keeps the layer's variables as they are in training. True unless given. */
  readonly trainable?: boolean;
  /** A penalty on the layer's outputs, averaged over the batch; none unless given. */
  readonly activityRegularizer?: RegularizerLike | undefined;
}

type LayerSignature = (inputs: SymbolicTensor | readonly SymbolicTensor[]) => SymbolicTensor;

/** A layer: call it on a symbolic tensor to get another. It may be called several times and then shares its variables. */
export abstract class Layer extends callableClass<LayerSignature>("applyToOne") {
  override readonly name: string;
  /** Keras's class name: `Conv2D`. */
  readonly className: string;
  readonly activityRegularizer: Regularizer | undefined;
  #trainable: boolean;
  readonly #calls: LayerCall[] = [];
  #variables: readonly Variable[] | undefined;

  constructor(className: string, { name, trainable = true, activityRegularizer }: LayerOptions) {
    super();
    this.className = className;
    this.name = name ?? autoName(className);
    this.#trainable = trainable;
    this.activityRegularizer = activityRegularizer === undefined ? undefined : regularizers.get(activityRegularizer);
  }

  /**
   * Whether training changes the layer: false keeps its variables as they are, and batch normalization then uses its
   * moving averages. Takes effect with the next `fit` or `trainOnBatch`; Keras wants another `compile` first.
   */
  get trainable(): boolean {
    return this.#trainable;
  }

  set trainable(value: boolean) {
    this.#trainable = value;
  }

  /** How many tensors one call takes; "any" where a list may be of any length. */
  get numInputs(): number | "any" {
    return 1;
  }

  /** The calls so far, as Keras's inbound nodes. */
  get calls(): readonly LayerCall[] {
    return this.#calls;
  }

  /** Whether the shapes of its inputs are known, and so those of its variables. */
  get built(): boolean {
    return this.#variables !== undefined;
  }

  /** Whether it will have variables once the shapes of its inputs are known. */
  get isToBeBuilt(): boolean {
    return !this.built && this.variableSpecs !== Layer.prototype.variableSpecs;
  }

  get variables(): readonly Variable[] {
    return this.#variables ?? [];
  }

  /** The variables that gradients change. */
  get trainableVariables(): readonly Variable[] {
    return this.trainable ? this.variables.filter(({ trainable }) => trainable) : [];
  }

  /** The others: those of a frozen layer, and statistics that layers keep. */
  get nonTrainableVariables(): readonly Variable[] {
    const trainable = new Set(this.trainableVariables);
    return this.variables.filter((variable) => !trainable.has(variable));
  }

  /**
   * The tensor that the layer made when it was first called: where another model may begin or end.
   *
   * @throws GraphError when the layer has not been called, or has several outputs.
   */
  get output(): SymbolicTensor {
    const [output, ...others] = this.#calls[0]?.outputs ?? [];
    if (output !== undefined && others.length === 0) return output;
    if (output === undefined) throw new GraphError(`${this.describe()} has not been called yet, so it has no output`);
    throw new GraphError(`${this.describe()} has ${others.length + 1} outputs; take one of \`calls[0].outputs\``);
  }

  /** Number of values in all variables. */
  countParams(): number {
    return this.variables.reduce((sum, variable) => sum + variable.size, 0);
  }

  /** Copies of the variables' values, in Keras's order. */
  getWeights(): Float32Array[] {
    return this.variables.map((variable) => variable.read());
  }

  /**
   * Replaces the variables' values; the order is that of `getWeights`.
   *
   * @throws GraphError when the number of arrays or of their values does not fit.
   */
  setWeights(weights: readonly ArrayLike<number>[]): void {
    const { variables } = this;
    const size = (index: number): number => weights[index]?.length ?? 0;
    const wrong = variables.findIndex((variable, index) => variable.size !== size(index));
    if (weights.length !== variables.length || wrong !== -1) {
      const expected = variables.map(({ path, shape }) => `${path} ${formatShape(shape)}`).join(", ");
      const came = weights.map(({ length }) => length).join(", ");
      throw new GraphError(`${this.describe()} has the weights ${expected}; arrays of ${came} values came`);
    }
    for (const [index, variable] of variables.entries()) variable.assign(weights[index] as ArrayLike<number>);
  }

  /** Creates the variables for inputs of these shapes; does nothing when that has happened. */
  build(inputShapes: readonly Shape[], scope = ""): void {
    if (this.#variables !== undefined) return;
    const specs = this.variableSpecs(...inputShapes);
    this.#variables = specs.map((spec) => new Variable(spec, `${scope}${this.name}`));
  }

  /** The graph nodes of the outputs, for graph nodes of the inputs, with the penalty on them. The layer has been built. */
  lowerCall(context: LowerContext, inputs: readonly Node[]): readonly Node[] {
    const outputs = this.lower(context, inputs);
    const { activityRegularizer } = this;
    if (activityRegularizer !== undefined) {
      for (const output of outputs) context.addLoss(activityRegularizer.penalty(output));
    }
    return outputs;
  }

  /** What `lowerCall` does for this class, the penalty apart. */
  protected abstract lower(context: LowerContext, inputs: readonly Node[]): readonly Node[];

  /** What this layer learns, for inputs of these shapes. */
  protected variableSpecs(..._inputShapes: readonly Shape[]): readonly VariableSpec[] {
    return [];
  }

  /** The settings of this class, in Keras's spelling. */
  protected abstract settings(): KerasConfig;

  /** The layer's configuration as Keras's `get_config`. */
  getConfig(): KerasConfig {
    const { name, trainable, activityRegularizer } = this;
    const base = { name, trainable, dtype: FLOAT32_POLICY, ...this.settings() };
    if (activityRegularizer === undefined) return base;
    return { ...base, activity_regularizer: regularizers.toKeras(activityRegularizer) };
  }

  /** `layer "conv2d" (Conv2D)` */
  describe(): string {
    return `layer "${this.name}" (${this.className})`;
  }

  /** Calls the layer; what `layer(inputs)` does. */
  applyToOne(inputs: SymbolicTensor | readonly SymbolicTensor[]): SymbolicTensor {
    const outputs = this.applyTo(inputs);
    const [output] = outputs;
    if (output !== undefined && outputs.length === 1) return output;
    throw new GraphError(
      `${this.describe()} has ${outputs.length} outputs; call it as layer.applyTo(inputs), which returns them all`,
    );
  }

  /**
   * Calls the layer and returns all of its outputs.
   *
   * @throws GraphError when the inputs do not fit; it names this layer, the layers before it and the shapes.
   */
  applyTo(inputs: SymbolicTensor | readonly SymbolicTensor[], scope = ""): readonly SymbolicTensor[] {
    const given = [inputs].flat() as readonly SymbolicTensor[];
    this.#checkTensors(given);
    const shapes = given.map(({ shape }) => shape);
    const { numInputs } = this;
    const outputShapes = this.#explain(given, () => {
      if (numInputs !== "any" && shapes.length !== numInputs) {
        throw new GraphError(`it takes ${numInputs} input${numInputs === 1 ? "" : "s"}, not ${shapes.length}`);
      }
      this.build(shapes, scope);
      return this.#inferShapes(shapes);
    });
    return this.recordCall(given, outputShapes);
  }

  /** Notes a call and returns the tensors that it makes. */
  protected recordCall(inputs: readonly SymbolicTensor[], shapes: readonly Shape[]): readonly SymbolicTensor[] {
    const callIndex = this.#calls.length;
    const outputs = shapes.map((shape, outputIndex) => ({ shape, layer: this, callIndex, outputIndex }));
    this.#calls.push({ layer: this, inputs, outputs });
    return outputs;
  }

  /** A variable by its name within the layer. */
  protected variable(name: string): Variable {
    const variable = this.variables.find((candidate) => candidate.name === name);
    if (variable === undefined) throw new Error(`${this.describe()} has no variable "${name}"`);
    return variable;
  }

  /** The node of a variable. */
  protected weight(name: string): Node {
    return this.variable(name).node;
  }

  /** From JavaScript, anything may come: layers in place of what they make, or data. */
  #checkTensors(inputs: readonly unknown[]): void {
    const isTensor = (value: unknown): boolean => (value as Partial<SymbolicTensor> | null)?.layer instanceof Layer;
    const wrong = inputs.find((value) => !isTensor(value));
    if (inputs.every(isTensor)) return;
    const came = wrong instanceof Layer ? wrong.describe() : typeof wrong;
    throw new GraphError(
      `${this.describe()} is called on symbolic tensors, what input() or the call of a layer returns; ${came} came`,
    );
  }

  #inferShapes(inputShapes: readonly Shape[]): Shape[] {
    const context = lowerContext({ training: false });
    const inputs = inputShapes.map((shape, index) => inputNode(`input ${index}`, shape));
    return this.lowerCall(context, inputs).map(({ type }) => type.shape);
  }

  #explain<T>(inputs: readonly SymbolicTensor[], action: () => T): T {
    try {
      return action();
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      const origins = inputs.map(({ shape, layer }) => `${formatShape(shape)} from ${layer.describe()}`).join(" and ");
      throw new GraphError(`${this.describe()} cannot take ${origins}: ${error.message}`, { cause: error });
    }
  }
}
