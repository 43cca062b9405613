export { describeLooks, describeShared, leakNotes, leakWarnings, NAMED } from "./describe-part-leaks.ts";
export { PART_PAIRS, PARTS, type Part, type PartLeaks, type SharedSamples } from "./part-leaks.ts";
export { RowHasher, rowLeaks, type ComparedRows } from "./row-leaks.ts";
