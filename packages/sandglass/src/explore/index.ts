export { explore } from "./explore.ts";
export type { Exploration, ExploreProgress } from "./exploration.ts";
export { renderExploration } from "./render-exploration.ts";
