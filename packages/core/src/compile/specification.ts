/** What a program computes. */
import type { Node } from "../graph/node.ts";

export interface ProgramSpecification {
  /** Results by name: shared ones are read after a run, per-sample ones come as rows. */
  readonly outputs: Readonly<Record<string, Node>>;
  /** Parameters that get new values at the end of each run. */
  readonly updates?: readonly ParameterUpdate[];
  /** The most samples that one run takes. */
  readonly batchSize: number;
}

export interface ParameterUpdate {
  readonly parameter: Node;
  readonly value: Node;
}
