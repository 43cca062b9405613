export { splitNumbers, type MissingClasses, type NumberSplit, type SplitNumbersOptions } from "./split-numbers.ts";
export type { PartSizes } from "./part-sizes.ts";
