/** Rewriting rule: what limits values at a number, as relu6 does for the sake of its slope, is their minimum with it. */
import type { Node } from "../graph/node.ts";
import type { RewriteRule } from "../graph/rewrite-rule.ts";
import { minimum } from "./binary.ts";
import { greaterEqual, where } from "./compare.ts";

const { op: whereOp } = where(1, 1, 1);
const { op: greaterEqualOp } = greaterEqual(1, 1);

/** where(x ≥ c, c, x) = min(x, c), bit for bit, NaN included: once differentiated, the slope at c no longer tells them apart. */
export const cappedRule: RewriteRule = {
  op: whereOp,
  rewrite({ inputs }) {
    const [condition, cap, x] = inputs as [Node, Node, Node];
    const limit = numberOf(cap);
    if (limit === undefined || condition.op !== greaterEqualOp) return undefined;
    const [compared, bound] = condition.inputs as [Node, Node];
    return compared === x && numberOf(bound) === limit ? minimum(x, limit) : undefined;
  },
};

function numberOf({ op: { kernel }, attributes }: Node): number | undefined {
  return kernel.kind === "constant" ? kernel.value(attributes) : undefined;
}
