/** A rule of the compiler: an equal form of a node that is cheaper to compute. */
import type { Node } from "./node.ts";

export interface RewriteRule {
  /** The rule looks at nodes of this op. */
  readonly op: { readonly name: string };
  /** The cheaper form, or undefined where the rule does not apply. */
  rewrite(node: Node): Node | undefined;
}
