/** What is known while a graph becomes a model: its values so far, and names for its layers. */
import { formatShape, sameShape, sizeOf } from "../../../graph/tensor-type.ts";
import type { Shape } from "../../../graph/tensor-type.ts";
import type { Layer, SymbolicTensor } from "../../../nn/layers/layer.ts";
import { flatten, permute, reshape } from "../../../nn/layers/index.ts";
import { UniqueNames } from "../../../nn/unique-names.ts";
import { OnnxFileError } from "../onnx-file-error.ts";
import { MAX_RANK } from "../onnx-graph.ts";
import type { OnnxGraph, OnnxNode } from "../onnx-graph.ts";
import { inOrder, onnxShape, sameOrder } from "./values.ts";
import type { FlattenedValue, FlowValue, Value } from "./values.ts";

/** Larger samples than anyone computes with; a damaged size is found before anything is made for it. */
const MAX_SAMPLE_SIZE = 2 ** 28;
/** What computing with constants may make, beside as much as the file itself holds. */
const MAX_FOLDED = 2 ** 20;

export class ImportState {
  readonly graph: OnnxGraph;
  readonly #values: Map<string, Value>;
  readonly #users = new Map<string, OnnxNode[]>();
  readonly #names = new UniqueNames();
  #foldable: number;

  constructor(graph: OnnxGraph) {
    this.graph = graph;
    this.#values = new Map([...graph.constants].map(([name, tensor]) => [name, { kind: "fixed", tensor }]));
    for (const node of graph.nodes) {
      for (const input of node.inputs) {
        const users = this.#users.get(input);
        if (users === undefined) this.#users.set(input, [node]);
        else users.push(node);
      }
    }
    this.#foldable = MAX_FOLDED + [...graph.constants.values()].reduce((sum, { data }) => sum + data.length, 0);
  }

  value(name: string): Value | undefined {
    return this.#values.get(name);
  }

  define(name: string, value: Value): void {
    if (value.kind === "fixed") {
      this.#foldable -= value.tensor.data.length;
      if (this.#foldable < 0) throw new OnnxFileError("the model computes more with constants than any model needs");
    }
    this.#values.set(name, value);
  }

  /** The only node that uses a value; undefined if there are others, or the value is an output of the model. */
  onlyUser(name: string): OnnxNode | undefined {
    const users = this.#users.get(name) ?? [];
    const isOutput = this.graph.outputs.some((output) => output.name === name);
    return users.length === 1 && !isOutput ? users[0] : undefined;
  }

  usersOf(name: string): readonly OnnxNode[] {
    return this.#users.get(name) ?? [];
  }

  /** A free name for a layer: Keras's have no slashes. */
  layerName(wanted: string): string {
    return this.#names.take(wanted.replace(/^\/+/u, "").replaceAll("/", "_"));
  }

  /** Calls a layer, and gives it its weights. */
  call(layer: Layer, inputs: readonly SymbolicTensor[], weights?: readonly Float32Array[]): SymbolicTensor {
    const output = layer(inputs);
    if (output.shape.length > MAX_RANK) {
      throw new OnnxFileError(
        `${layer.describe()} makes samples of ${output.shape.length} axes; up to ${MAX_RANK} are read`,
      );
    }
    if (sizeOf(output.shape) > MAX_SAMPLE_SIZE) {
      throw new OnnxFileError(
        `${layer.describe()} makes samples of the shape ${formatShape(output.shape)}; up to ${MAX_SAMPLE_SIZE} values are read`,
      );
    }
    if (weights !== undefined) layer.setWeights(weights);
    return output;
  }

  /** The tensor of a value with its axes in another order. */
  arranged(value: FlowValue, axes: readonly number[]): SymbolicTensor {
    const { tensor } = value;
    if (value.axes.join() === axes.join()) return tensor;
    if (sameOrder(value, axes))
      return this.reshaped(
        tensor,
        axes.map((axis) => onnxShape(value)[axis - 1] as number),
      );
    const dims = axes.map((axis) => value.axes.indexOf(axis) + 1);
    return this.call(permute(dims, { name: this.layerName(`${tensor.layer.name}_permute`) }), [tensor]);
  }

  /** The same numbers in another shape. */
  reshaped(tensor: SymbolicTensor, shape: Shape): SymbolicTensor {
    if (sameShape(tensor.shape, shape)) return tensor;
    return this.call(reshape(shape, { name: this.layerName(`${tensor.layer.name}_reshape`) }), [tensor]);
  }

  /** All numbers of a sample in one axis, in ONNX's order. */
  flattened({ of }: FlattenedValue): FlowValue {
    const ordered = onnxShape(of).map((_, axis) => axis + 1);
    return inOrder(this.flatten(sameOrder(of, ordered) ? of.tensor : this.arranged(of, ordered)));
  }

  /** All numbers of a sample in one axis, in the order in which they lie. */
  flatten(tensor: SymbolicTensor): SymbolicTensor {
    if (tensor.shape.length === 1) return tensor;
    return this.call(flatten({ name: this.layerName(`${tensor.layer.name}_flatten`) }), [tensor]);
  }
}
