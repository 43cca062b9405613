import type { Node } from "../../../graph/node.ts";
import type { OnnxContext } from "../../../graph/op.ts";

/** An operator that computes a node from others, instead of all the nodes between them. */
export interface RecognizedOperator {
  readonly operands: readonly Node[];
  /** Writes it, for the operands' names, and returns its result's name. */
  write(writer: Pick<OnnxContext<unknown>, "node" | "constant">, operands: readonly string[]): string;
}
