/** Remembers which values of a loss count: Keras's mask of a tensor. */
import type { Node } from "../../graph/node.ts";

const masks = new WeakMap<Node, Node>();

/** Notes that of `values`, which are 0 elsewhere, only those count where `mask` is 1, and returns them. */
export function rememberMask(values: Node, mask: Node): Node {
  masks.set(values, mask);
  return values;
}

/** 1 where values count and 0 elsewhere; undefined when all of them do. */
export function maskOf(values: Node): Node | undefined {
  return masks.get(values);
}
