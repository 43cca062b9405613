export { explore } from "./explore.ts";
export type {
  Advice,
  Exploration,
  Explorer,
  ExploreProgress,
  ExploreRequest,
  ExploreServices,
  Facts,
  Section,
  SectionPart,
} from "./exploration.ts";
export { renderExploration } from "./render-exploration.ts";
