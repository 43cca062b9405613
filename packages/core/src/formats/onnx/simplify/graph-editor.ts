/** A graph while it is rewritten. */
import { OnnxFileError } from "../onnx-file-error.ts";
import { UniqueNames } from "../../../nn/unique-names.ts";
import type { OnnxGraph, OnnxNode, OnnxTensor } from "../onnx-graph.ts";

export class GraphEditor {
  nodes: readonly OnnxNode[];
  /** The names of the values that the model's outputs have now. */
  outputs: readonly string[];
  readonly #graph: OnnxGraph;
  readonly #constants: Map<string, OnnxTensor>;
  /** For constants in another form, the name of the first form. */
  readonly #origins = new Map<string, string>();

  constructor(graph: OnnxGraph) {
    this.#graph = graph;
    this.nodes = graph.nodes;
    this.outputs = graph.outputs.map(({ name }) => name);
    this.#constants = new Map(graph.constants);
  }

  /** The constant of a name; undefined for values that depend on the input. */
  constant(name: string): OnnxTensor | undefined {
    return this.#constants.get(name);
  }

  /** The whole numbers of a constant: axes, sizes. */
  integers(name: string): readonly number[] {
    const tensor = this.#constants.get(name);
    if (tensor !== undefined) return Array.from(tensor.data, Number);
    throw new OnnxFileError(`"${name}" must be a constant`);
  }

  /** A constant in another form; it is called as the first one in the end, with a number where both are used. */
  variant(name: string, form: string, tensor: OnnxTensor): string {
    const variant = `${name}:${form}`;
    this.#constants.set(variant, tensor);
    this.#origins.set(variant, this.#origins.get(name) ?? name);
    return variant;
  }

  /** How often each value is used, as an operand or as the model's output. */
  countUses(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const name of [...this.nodes.flatMap(({ inputs }) => inputs), ...this.outputs]) {
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    return counts;
  }

  /** The graph as it is now, without what no output needs. Outputs have their wanted names, other values their nodes'. */
  finish(outputNames: readonly string[]): OnnxGraph {
    this.#removeUnused();
    const unique = new UniqueNames();
    const inputs = this.#graph.inputs.map(({ name }) => name);
    for (const name of [...inputs, ...outputNames]) unique.take(name);
    const names = new Map(inputs.map((name) => [name, name]));
    const copies: OnnxNode[] = [];
    for (const [index, value] of this.outputs.entries()) {
      const wanted = outputNames[index] as string;
      if (!names.has(value)) {
        names.set(value, wanted);
        continue;
      }
      // A value has one name: an input, or what is an output already, needs a copy under the other one.
      const copy = `${wanted}/Identity`;
      names.set(copy, wanted);
      copies.push({ name: copy, opType: "Identity", inputs: [value], outputs: [copy], attributes: new Map() });
    }
    const constants = this.#usedConstants();
    for (const name of constants.keys()) names.set(name, unique.take(this.#origins.get(name) ?? name));
    const named = (name: string): string => names.get(name) ?? name;
    const nodes = [...this.nodes, ...copies].map((node): OnnxNode => {
      const name = unique.take(node.name);
      for (const output of node.outputs) if (!names.has(output)) names.set(output, name);
      return { ...node, name, inputs: node.inputs.map(named), outputs: node.outputs.map(named) };
    });
    return {
      ...this.#graph,
      outputs: this.#graph.outputs.map((output, index) => ({ ...output, name: outputNames[index] as string })),
      nodes,
      constants: new Map([...constants].map(([name, tensor]) => [named(name), tensor])),
    };
  }

  #usedConstants(): ReadonlyMap<string, OnnxTensor> {
    const used = this.countUses();
    return new Map([...this.#constants].filter(([name]) => used.has(name)));
  }

  #removeUnused(): void {
    const needed = new Set(this.outputs);
    const kept = this.nodes.toReversed().filter(({ inputs, outputs }) => {
      if (!outputs.some((name) => needed.has(name))) return false;
      for (const name of inputs) needed.add(name);
      return true;
    });
    this.nodes = kept.toReversed();
  }
}
