/** What a layer may know and ask for when it becomes graph nodes. */
import type { Node } from "../../graph/node.ts";
import { inputNode } from "../../ops/leaf.ts";
import type { Variable } from "../variable.ts";

export interface LowerContext {
  /** True in the program that trains: dropout drops, batch normalization measures. */
  readonly training: boolean;
  /**
   * 1 / (number of samples) for each sample of the batch and 0 for lanes that it does not fill, of the shape []: means over
   * the batch are `sumSamples(mul(x, sampleShare))`.
   */
  readonly sampleShare: Node;
  /** The next stream of random numbers that no other layer of the program uses. */
  randomStream(): number;
  /** Adds a node of the shape [] to the loss: a shared one as it is, a per-sample one averaged over the batch. */
  addLoss(loss: Node): void;
  /**
   * Gives a variable that is not trained by gradients another value after each step of training. What it changes is the
   * value that an earlier update of the same step leaves.
   */
  update(variable: Variable, change: (value: Node) => Node): void;
}

/** What layers ask for beside their outputs. */
export interface LowerRequests {
  readonly losses: readonly Node[];
  readonly updates: ReadonlyMap<Variable, Node>;
}

export interface LowerOptions {
  readonly training: boolean;
  /** The first stream of random numbers; 0 unless given. Programs that must not draw the same begin with others. */
  readonly firstStream?: number;
}

/** A context that collects what the layers ask for. */
export function lowerContext({ training, firstStream = 0 }: LowerOptions): LowerContext & LowerRequests {
  let stream = firstStream;
  const losses: Node[] = [];
  const updates = new Map<Variable, Node>();
  return {
    training,
    sampleShare: inputNode("sampleShare", []),
    randomStream: () => stream++,
    addLoss: (loss) => losses.push(loss),
    update: (variable, change) => updates.set(variable, change(updates.get(variable) ?? variable.node)),
    losses,
    updates,
  };
}
