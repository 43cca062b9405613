/**
 * Remembers which tensor a sigmoid or softmax was taken of. A crossentropy of such probabilities is computed from those
 * logits, as Keras 3 does on TensorFlow (`_keras_logits`): log(sigmoid(x)) then never meets a probability that was
 * rounded to 0 or 1, and nothing is clipped.
 */
import type { Node } from "../../graph/node.ts";

export type ProbabilityKind = "sigmoid" | "softmax";

const logits = new WeakMap<Node, { readonly kind: ProbabilityKind; readonly node: Node }>();

/** Notes that `probabilities` is the sigmoid or softmax of `node`, and returns it. */
export function rememberLogits(kind: ProbabilityKind, probabilities: Node, node: Node): Node {
  logits.set(probabilities, { kind, node });
  return probabilities;
}

/** What `probabilities` is the sigmoid or softmax of; undefined when it came about in another way. */
export function logitsOf(kind: ProbabilityKind, probabilities: Node): Node | undefined {
  const found = logits.get(probabilities);
  return found?.kind === kind ? found.node : undefined;
}
