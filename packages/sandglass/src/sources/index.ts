export { hasColumns } from "./array-columns.ts";
export { checkAugmentation } from "./check-augmentation.ts";
export { describeDownload } from "./describe-download.ts";
export { encoderOf } from "./encoder-of.ts";
export { isEnoughToValidate } from "./images/image-parts.ts";
export { imageChoices } from "./images/image-choices.ts";
export { imagesToOpen } from "./images/paired-images.ts";
export { groupsOf } from "./images/name-groups.ts";
export { sampleLeaks } from "./sample-leaks.ts";
export { columnChoices } from "./table/column-choices.ts";
export { csvChoices } from "./table/text-writing.ts";
export { asUsage } from "./table/table-source.ts";
export { checkChoices, completeServices, kindOf, openForTraining, openForUse } from "./sources.ts";
export type {
  DataChoices,
  Half,
  OpenServices,
  Preparation,
  PreparedData,
  ReadingChoices,
  SplitRule,
  TrainingRequest,
  UsableData,
  UseRequest,
} from "./source-kind.ts";
