/** Whether a graph has the form of another one, its template. */
import type { Node } from "../../../graph/node.ts";

/** What stands in a graph where its template has gaps, in the order in which the template's operands lead to them. */
export type Filling = ReadonlyMap<Node, Node>;

/**
 * What fills the gaps of a template; undefined where the graph has another form.
 *
 * @param gaps the leaves of the template for which any node may stand, the same one wherever the gap occurs.
 * A constant of NaN is a gap for a constant of any number.
 */
export function matchTemplate(template: Node, graph: Node, gaps: readonly Node[]): Filling | undefined {
  const filling = new Map<Node, Node>();

  function matches(expected: Node, node: Node): boolean {
    if (gaps.includes(expected) || isNumberGap(expected)) {
      if (isNumberGap(expected) && node.op.kernel.kind !== "constant") return false;
      const before = filling.get(expected) ?? node;
      filling.set(expected, node);
      return before === node;
    }
    return (
      expected.op === node.op &&
      JSON.stringify(expected.attributes) === JSON.stringify(node.attributes) &&
      expected.inputs.every((input, index) => matches(input, node.inputs[index] as Node))
    );
  }

  return matches(template, graph) ? filling : undefined;
}

/** The number of a constant; undefined for other nodes. */
export function numberOf({ op, attributes }: Node): number | undefined {
  return op.kernel.kind === "constant" ? op.kernel.value(attributes) : undefined;
}

function isNumberGap(node: Node): boolean {
  return Number.isNaN(numberOf(node) ?? 0);
}
