export { parseSampleCoding, type SampleCoding } from "./arrays/sample-coding.ts";
export type { DownloadProgress } from "./download.ts";
export { hasHalves, isShuffled, requireHalves, splitsOf } from "./halves.ts";
export { loadDataset, type LoadOptions } from "./load-dataset.ts";
export { nearestName } from "./nearest-name.ts";
export { namedSets, type DrawnSet, type NamedSet, type PublishedSet, type SplitName } from "./registry.ts";
export { holdsSamples, unknownSource } from "./sample-formats.ts";
