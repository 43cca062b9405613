/** A node that becomes layers: its operands and attributes, and errors that name it. */
import type { Layer, SymbolicTensor } from "../../../nn/layers/layer.ts";
import { OnnxFileError } from "../onnx-file-error.ts";
import type { OnnxNode, OnnxTensor } from "../onnx-graph.ts";
import type { ImportState } from "./import-state.ts";
import type { FlowValue, Value } from "./values.ts";

/** Makes the value of a node's first output. */
export type OperatorImport = (context: OperatorContext) => Value;

export class OperatorContext {
  readonly node: OnnxNode;
  readonly state: ImportState;

  constructor(node: OnnxNode, state: ImportState) {
    this.node = node;
    this.state = state;
  }

  /** How many operands are given; the last may be left out. */
  get numInputs(): number {
    return this.node.inputs.length;
  }

  get opset(): number {
    return this.state.graph.opset;
  }

  value(position: number): Value {
    const name = this.node.inputs[position] ?? "";
    return this.state.value(name) ?? this.refuse(`has no operand ${position}`);
  }

  /** An operand that depends on the input. */
  flow(position: number): FlowValue {
    const value = this.value(position);
    if (value.kind === "fixed")
      return this.refuse(`has a constant as operand ${position}; it must depend on the input`);
    return value.kind === "flattened" ? this.state.flattened(value) : value;
  }

  /** An operand that is a constant. */
  fixed(position: number): OnnxTensor {
    const value = this.value(position);
    if (value.kind === "fixed") return value.tensor;
    return this.refuse(`computes its operand ${position} from the input; it can be read where that is a constant`);
  }

  /** A constant operand, or undefined where it is left out. */
  optionalFixed(position: number): OnnxTensor | undefined {
    return (this.node.inputs[position] ?? "") === "" ? undefined : this.fixed(position);
  }

  /** A constant operand of floats. */
  floats(position: number): { readonly dims: readonly number[]; readonly data: Float32Array } {
    const { dims, data } = this.fixed(position);
    return data instanceof Float32Array
      ? { dims, data }
      : this.refuse(`has whole numbers as operand ${position}, not floats`);
  }

  /** A constant operand of one number. */
  optionalNumber(position: number): number | undefined {
    const tensor = this.optionalFixed(position);
    if (tensor === undefined) return undefined;
    return tensor.data.length === 1
      ? Number(tensor.data[0])
      : this.refuse(`has several numbers as operand ${position}, not one`);
  }

  int(name: string, fallback: number): number {
    const value = this.node.attributes.get(name) ?? fallback;
    return typeof value === "number" ? value : this.#refuseAttribute(name, "a whole number");
  }

  float(name: string, fallback: number): number {
    const value = this.node.attributes.get(name) ?? fallback;
    if (typeof value === "number") return value;
    return typeof value === "object" && "float" in value
      ? shortest(value.float)
      : this.#refuseAttribute(name, "a number");
  }

  text(name: string, fallback: string): string {
    const value = this.node.attributes.get(name) ?? fallback;
    return typeof value === "string" ? value : this.#refuseAttribute(name, "a text");
  }

  ints(name: string, fallback: readonly number[]): readonly number[] {
    return this.optionalInts(name) ?? fallback;
  }

  optionalInts(name: string): readonly number[] | undefined {
    const value = this.node.attributes.get(name);
    if (value === undefined) return undefined;
    return isList(value) ? value : this.#refuseAttribute(name, "a list of whole numbers");
  }

  /** Calls a layer, and gives it its weights. */
  call(
    layer: Layer,
    inputs: SymbolicTensor | readonly SymbolicTensor[],
    weights?: readonly Float32Array[],
  ): SymbolicTensor {
    return this.state.call(layer, [inputs].flat(), weights);
  }

  /** A name for a layer of this node: the node's own. */
  options(suffix = ""): { readonly name: string } {
    const { name, opType } = this.node;
    return { name: this.state.layerName(`${name === "" ? opType.toLowerCase() : name}${suffix}`) };
  }

  /** A name for the layer with weights among those that a module became: without the operator, `conv2d` of `conv2d/Conv`. */
  weightedOptions(): { readonly name: string } {
    const { name, opType } = this.node;
    const cut = name.lastIndexOf("/");
    const isOperator = cut > 0 && name.slice(cut + 1).startsWith(opType);
    return isOperator ? { name: this.state.layerName(name.slice(0, cut)) } : this.options();
  }

  /** @throws OnnxFileError that begins with the node's name. */
  refuse(what: string): never {
    throw new OnnxFileError(`the node "${this.node.name}" (${this.node.opType}) ${what}`);
  }

  #refuseAttribute(name: string, expected: string): never {
    return this.refuse(`has an attribute "${name}" that is not ${expected}; the file is damaged`);
  }
}

/** The shortest decimal number that is this float32: 0.3 rather than 0.30000001192092896. */
function shortest(value: number): number {
  for (let digits = 1; digits < 9; digits++) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.fround(rounded) === value) return rounded;
  }
  return value;
}

function isList(value: unknown): value is readonly number[] {
  return Array.isArray(value);
}
