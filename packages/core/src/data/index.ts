export { counted } from "./counted.ts";
export {
  dataset,
  DatasetError,
  rows,
  select,
  split,
  splitBorder,
  type Dataset,
  type DatasetOptions,
  type Labels,
  type SampleValues,
  type Split,
  type SplitOptions,
} from "./dataset.ts";
export {
  isStreamed,
  readSamples,
  representativeSamples,
  selectStreamed,
  splitAny,
  type AnyDataset,
  type StreamedDataset,
} from "./streamed-dataset.ts";
export { hasTargets, targetsOf, withoutTargets } from "./targets.ts";
export { randomPart } from "./random-part.ts";
export { RandomStream } from "./random-stream.ts";
export * from "./duplicates/index.ts";
export * from "./splits/index.ts";
export { wardrobe, wardrobeClassNames, type Wardrobe, type WardrobeOptions } from "./wardrobe/index.ts";
