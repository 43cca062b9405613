import { relu } from "../../ops/elementwise.ts";
import type { Constraint } from "./constraint.ts";

/** Sets weights below 0 to 0. */
export function nonNeg(): Constraint {
  return { className: "NonNeg", config: {}, apply: relu };
}
