export { checkChoices, kindOf, openForTraining, openForUse, sourceKinds } from "./sources.ts";
export type {
  DataChoices,
  Half,
  OpenServices,
  Preparation,
  PreparedData,
  SourceKind,
  SplitRule,
  TrainingRequest,
  UsableData,
  UseRequest,
} from "./source-kind.ts";
