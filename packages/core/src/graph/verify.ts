/** Checks that a graph is one: run before and after every pass that rewrites it. */
import { assert } from "./error.ts";
import { topologicalOrder } from "./node.ts";
import type { Node } from "./node.ts";
import { formatType, sameShape } from "./tensor-type.ts";

/** Throws where a node comes before its inputs, or its type is not what its operation infers. */
export function verify(outputs: readonly Node[]): void {
  for (const node of topologicalOrder(outputs)) {
    const where = `${node.op.name} #${node.id}`;
    for (const input of node.inputs) assert(input.id < node.id, `${where} comes before its input #${input.id}`);
    for (const size of node.type.shape) {
      assert(Number.isSafeInteger(size) && size >= 1, `${where} has type ${formatType(node.type)}`);
    }
    const inferred = node.op.infer(
      node.inputs.map(({ type }) => type),
      node.attributes,
    );
    assert(
      inferred.scope === node.type.scope && sameShape(inferred.shape, node.type.shape),
      `${where} has type ${formatType(node.type)}, and its operation infers ${formatType(inferred)}`,
    );
  }
}
