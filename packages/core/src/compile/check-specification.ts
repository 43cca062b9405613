/** Checks what a program is asked to compute, before anything is compiled. */
import { GraphError } from "../graph/error.ts";
import type { Node } from "../graph/node.ts";
import { formatType, sameShape } from "../graph/tensor-type.ts";
import { leafName } from "../ops/leaf.ts";
import { isLeaf } from "./memory-plan.ts";
import type { ProgramSpecification } from "./specification.ts";

/** Throws a `GraphError` where the batch size is none, or an update does not fit its parameter. */
export function checkSpecification({ updates = [], batchSize }: ProgramSpecification): void {
  if (!Number.isInteger(batchSize) || batchSize < 1) {
    throw new GraphError(`a program's batch size must be a whole number of at least 1, and is ${batchSize}`);
  }
  const updated = new Set<Node>();
  for (const { parameter, value } of updates) {
    if (!isLeaf(parameter, "parameter")) {
      throw new GraphError(`only parameters can be updated, and the result of ${parameter.op.name} is none`);
    }
    const name = `the parameter "${leafName(parameter)}"`;
    if (updated.has(parameter)) throw new GraphError(`${name} gets two new values in one program; give it one`);
    updated.add(parameter);
    if (value.type.scope !== "shared" || !sameShape(value.type.shape, parameter.type.shape)) {
      throw new GraphError(`${name} is ${formatType(parameter.type)}, and its new value is ${formatType(value.type)}`);
    }
    if (["leaf", "constant", "view"].includes(value.op.kernel.kind)) {
      throw new GraphError(
        `the new value of ${name} is the result of ${value.op.name}, which computes nothing; add 0 to it`,
      );
    }
  }
}
