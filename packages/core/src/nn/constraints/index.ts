export type { Constraint } from "./constraint.ts";
export { nonNeg } from "./non-neg.ts";
export { maxNorm, minMaxNorm, unitNorm } from "./norms.ts";
