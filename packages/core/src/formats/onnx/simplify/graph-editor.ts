/** A graph while it is rewritten. */
import { OnnxFileError } from "../onnx-file-error.ts";
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

  /** A constant in another form, which takes the name of the first one if that is no longer used in the end. */
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

  /** The graph as it is now: outputs have their wanted names, and what no output needs is gone. */
  finish(outputNames: readonly string[]): OnnxGraph {
    this.#removeUnused();
    const used = this.countUses();
    const names = new Map<string, string>();
    for (const [variant, origin] of this.#origins) {
      if (used.has(variant) && !used.has(origin) && ![...names.values()].includes(origin)) names.set(variant, origin);
    }
    const inputs = new Set(this.#graph.inputs.map(({ name }) => name));
    const copies: OnnxNode[] = [];
    for (const [index, value] of this.outputs.entries()) {
      const wanted = outputNames[index] as string;
      // A value has one name: an input, or what is an output already, needs a copy under the other one.
      if (!inputs.has(value) && !names.has(value)) names.set(value, wanted);
      else {
        copies.push({ name: wanted, opType: "Identity", inputs: [value], outputs: [wanted], attributes: new Map() });
      }
    }
    const named = (name: string): string => names.get(name) ?? name;
    const nodes = [...this.nodes, ...copies].map((node) => ({
      ...node,
      inputs: node.inputs.map(named),
      outputs: node.outputs.map(named),
    }));
    const constants = [...this.#constants].filter(([name]) => used.has(name));
    return {
      ...this.#graph,
      outputs: this.#graph.outputs.map((output, index) => ({ ...output, name: outputNames[index] as string })),
      nodes,
      constants: new Map(constants.map(([name, tensor]) => [named(name), tensor])),
    };
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
