/** Values that gradients do not pass through. */
import { apply } from "../graph/node.ts";
import type { Node } from "../graph/node.ts";
import type { Op } from "../graph/op.ts";
import type { RewriteRule } from "../graph/rewrite-rule.ts";

const stopGradientOp: Op<null> = {
  name: "stopGradient",
  infer: ([x]) => x!,
  grad: "zero",
  kernel: { kind: "view" },
  reference: ({ inputs: [x] }) => x!.slice(),
  onnx: ({ inputs: [x], node }) => node("Identity", [x!]),
};

/** Programs are compiled after differentiation, when nothing is left to stop: without the view, `x` stays in a register. */
export const stopGradientRule: RewriteRule = {
  op: stopGradientOp,
  rewrite: ({ inputs: [x] }) => x!,
};

/** `x` itself, taken for a constant by differentiation. */
export function stopGradient(x: Node): Node {
  return apply(stopGradientOp, [x], null);
}
