/**
 * Lets transposes sink towards the outputs, where those of neighbouring convolutions and poolings cancel: convolutions in
 * a row pass their images on channels first. Constants are transposed here and now.
 */
import type { OnnxAttributeValue, OnnxNode, OnnxTensor } from "../onnx-graph.ts";
import type { GraphEditor } from "./graph-editor.ts";
import { inversePermutation, isIdentity, transposeTensor } from "./transpose-tensor.ts";
import { moveRule } from "./transposable-operators.ts";

/** A value that is the transpose of another one and has not been computed. */
interface Transpose {
  /** What the node that computes it is called. */
  readonly name: string;
  /** Axis i is axis `perm[i]` of `base`. */
  readonly base: string;
  readonly perm: readonly number[];
}

export function sinkTransposes(graph: GraphEditor): void {
  const sinking = new SinkingTransposes(graph);
  for (const node of graph.nodes) sinking.visit(node);
  graph.outputs = graph.outputs.map((name) => sinking.computed(name));
  graph.nodes = sinking.nodes;
}

class SinkingTransposes {
  readonly nodes: OnnxNode[] = [];
  readonly #graph: GraphEditor;
  readonly #pending = new Map<string, Transpose>();
  /** Transposes that have been computed, by what they are of. */
  readonly #computed = new Map<string, string>();

  constructor(graph: GraphEditor) {
    this.#graph = graph;
  }

  visit(node: OnnxNode): void {
    if (node.opType === "Transpose") this.#visitTranspose(node);
    else if (this.#isFixedReshape(node)) this.#visitFixedReshape(node);
    else if (!this.#visitMoved(node)) this.#emit({ ...node, inputs: node.inputs.map((name) => this.computed(name)) });
  }

  /** The name of a value that is computed: a pending transpose becomes a node. */
  computed(name: string): string {
    const transpose = this.#pending.get(name);
    return transpose === undefined ? name : this.#transposed(transpose);
  }

  #visitTranspose({ name, inputs: [input = ""], outputs: [output = ""], attributes }: OnnxNode): void {
    const perm = attributes.get("perm") as readonly number[];
    const before = this.#pending.get(input);
    this.#pending.set(output, {
      name,
      base: before?.base ?? input,
      perm: before === undefined ? perm : perm.map((axis) => before.perm[axis] as number),
    });
  }

  #isFixedReshape({ opType, inputs: [input = ""] }: OnnxNode): boolean {
    return opType === "Reshape" && this.#graph.constant(this.#pending.get(input)?.base ?? input) !== undefined;
  }

  /** A constant in another shape is another constant. */
  #visitFixedReshape({ name, inputs: [input = "", sizes = ""], outputs: [output = ""] }: OnnxNode): void {
    const constant = this.computed(input);
    const { data } = this.#graph.constant(constant) as OnnxTensor;
    const dims = this.#graph.integers(sizes);
    const base = this.#graph.variant(constant, `[${dims.join()}]`, { dims, data });
    this.#pending.set(output, { name, base, perm: dims.map((_, axis) => axis) });
  }

  /** Writes a node in front of the transpose of its operands, if its operator allows it. */
  #visitMoved(node: OnnxNode): boolean {
    const rule = moveRule(node.opType);
    const perm = node.inputs.map((name) => this.#pending.get(name)?.perm).find((pending) => pending !== undefined);
    const tooLarge = node.inputs.some((name) => (this.#graph.constant(name)?.dims.length ?? 0) > (perm?.length ?? 0));
    if (rule === undefined || perm === undefined || tooLarge) return false;
    const moved = rule({
      node,
      perm,
      untransposed: (name) => this.#untransposed(name, perm),
      integers: (name) => this.#graph.integers(name),
      replaced: (name, data) =>
        this.#graph.variant(name, data.join(), { dims: this.#graph.constant(name)?.dims ?? [], data }),
    });
    if (moved === undefined) return false;
    this.#emitBefore(node, moved.inputs, moved.attributes ?? node.attributes, moved.perm);
    return true;
  }

  #emitBefore(
    node: OnnxNode,
    inputs: readonly string[],
    attributes: ReadonlyMap<string, OnnxAttributeValue>,
    perm: readonly number[],
  ): void {
    const [output = ""] = node.outputs;
    if (isIdentity(perm)) {
      this.#emit({ ...node, inputs, attributes });
      return;
    }
    const base = `${output}:before`;
    this.#emit({ ...node, inputs, attributes, outputs: [base] });
    this.#pending.set(output, { name: `${node.name}/Transpose`, base, perm });
  }

  /** The value of which `name` is the transpose by `perm`. */
  #untransposed(name: string, perm: readonly number[]): string {
    const constant = this.#graph.constant(name);
    if (name === "" || constant?.data.length === 1) return name;
    const inverse = inversePermutation(perm);
    if (constant !== undefined) {
      const missing = new Array<number>(perm.length - constant.dims.length).fill(1);
      const aligned = { dims: [...missing, ...constant.dims], data: constant.data };
      return this.#graph.variant(name, inverse.join(), transposeTensor(aligned, inverse));
    }
    const { base, perm: own } = this.#pending.get(name) ?? { base: name, perm: perm.map((_, axis) => axis) };
    const combined = inverse.map((axis) => own[axis] as number);
    return this.#transposed({ name: `${name}/Transpose`, base, perm: combined });
  }

  #transposed({ name, base, perm }: Transpose): string {
    const constant = this.#graph.constant(base);
    if (isIdentity(perm)) return base;
    if (constant !== undefined) return this.#graph.variant(base, perm.join(), transposeTensor(constant, perm));
    const key = `${base}:${perm.join()}`;
    const before = this.#computed.get(key);
    if (before !== undefined) return before;
    this.#computed.set(key, key);
    this.#emit({ name, opType: "Transpose", inputs: [base], outputs: [key], attributes: new Map([["perm", perm]]) });
    return key;
  }

  #emit(node: OnnxNode): void {
    this.nodes.push(node);
  }
}
