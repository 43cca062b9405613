/** The values of shared nodes, which in a model that is not trained are fixed: weights, and what is computed of them. */
import type { Node } from "../../../graph/node.ts";
import { assert } from "../../../graph/error.ts";

export class SharedValues {
  readonly #values = new Map<Node, Float64Array>();
  readonly #leaves: ReadonlyMap<Node, () => Float32Array>;

  /** @param leaves where the values of parameters come from. */
  constructor(leaves: ReadonlyMap<Node, () => Float32Array>) {
    this.#leaves = leaves;
  }

  /** The values of a node that depends on no sample, row-major. */
  of(node: Node): Float32Array {
    return this.#leaves.get(node)?.() ?? Float32Array.from(this.#compute(node));
  }

  #compute(node: Node): Float64Array {
    const { op, attributes, type, inputs } = node;
    assert(type.scope === "shared", `${op.name} is no constant of the model`);
    const before = this.#values.get(node);
    if (before !== undefined) return before;
    const leaf = this.#leaves.get(node);
    const values =
      leaf !== undefined
        ? Float64Array.from(leaf())
        : op.reference({
            inputs: inputs.map((input) => this.#compute(input)),
            types: inputs.map((input) => input.type),
            attributes,
            type,
            random: { sample: 0, step: 0, seed: 0 },
          });
    this.#values.set(node, values);
    return values;
  }
}
