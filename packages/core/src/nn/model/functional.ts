import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import { formatShape, sameShape } from "../../graph/tensor-type.ts";
import type { KerasConfig } from "../keras-object.ts";
import { InputLayer } from "../layers/input-layer.ts";
import type { Layer, LayerCall, LayerOptions, LowerContext, SymbolicTensor } from "../layers/layer.ts";
import { UniqueNames } from "../unique-names.ts";
import { repeatCalls, traceCalls } from "./call-graph.ts";
import { Model } from "./model.ts";

/** A model whose layers are connected as a graph. It is a layer too, and may be part of other models. */
export class Functional extends Model {
  readonly inputs: readonly SymbolicTensor[];
  readonly outputs: readonly SymbolicTensor[];
  /** Every layer once, in Keras's order. */
  readonly layers: readonly Layer[];
  /** The calls that lead from the inputs to the outputs, in an order in which they can be made. */
  readonly innerCalls: readonly LayerCall[];

  constructor(inputs: readonly SymbolicTensor[], outputs: readonly SymbolicTensor[], options: LayerOptions) {
    super("Functional", options);
    if (inputs.length === 0 || outputs.length === 0) {
      throw new GraphError(`model "${this.name}" needs at least one input and one output`);
    }
    // As in Keras, a model that begins in the middle of another gets input layers, and calls of its own.
    this.inputs = inputs.map((tensor) =>
      tensor.layer instanceof InputLayer ? tensor : new InputLayer(tensor.shape, {}).output,
    );
    const startsInTheMiddle = this.inputs.some((tensor, index) => tensor !== inputs[index]);
    this.outputs = startsInTheMiddle ? repeatCalls(inputs, outputs, this.inputs) : outputs;
    const { calls, layers } = traceCalls(this.inputs, this.outputs);
    this.innerCalls = calls;
    this.layers = layers;
    if (options.trainable === false) this.trainable = false;
  }

  get outputNames(): readonly string[] {
    const names = new UniqueNames();
    return this.outputs.map(({ layer }) => names.take(layer.name));
  }

  override get built(): boolean {
    return true;
  }

  override build(): void {
    // The layers were built when they were called.
  }

  protected lower(context: LowerContext, inputs: readonly Node[]): readonly Node[] {
    const nodes = new Map<SymbolicTensor, Node>();
    for (const [index, tensor] of this.inputs.entries()) {
      const node = inputs[index] as Node;
      if (!sameShape(node.type.shape, tensor.shape)) {
        throw new GraphError(`its input "${tensor.layer.name}" has the shape ${formatShape(tensor.shape)}`);
      }
      nodes.set(tensor, node);
    }
    for (const call of this.innerCalls) {
      const results = call.layer.lowerCall(
        context,
        call.inputs.map((tensor) => nodes.get(tensor) as Node),
      );
      for (const [index, tensor] of call.outputs.entries()) nodes.set(tensor, results[index] as Node);
    }
    return this.outputs.map((tensor) => nodes.get(tensor) as Node);
  }

  protected settings(): KerasConfig {
    return {};
  }
}

/**
 * A model from its inputs to its outputs, as Keras's `Model(inputs, outputs)`.
 *
 * @example
 * const image = input([28, 28, 1]);
 * const encoder = model(image, maxPool2d(2)(conv2d(8, 3)(image)), { name: "encoder" });
 *
 * @throws GraphError when the outputs depend on an input that is not given, or two layers have one name.
 */
export function model(
  inputs: SymbolicTensor | readonly SymbolicTensor[],
  outputs: SymbolicTensor | readonly SymbolicTensor[],
  options: LayerOptions = {},
): Functional {
  return new Functional([inputs].flat(), [outputs].flat(), options);
}
