export { enlargeMaps, normalizeMaps, type MapSize } from "./enlarge-maps.ts";
export { featureMaps, type FeatureMaps, type FeatureMapsOptions } from "./feature-maps.ts";
export { gradCam, type GradCam, type GradCamOptions } from "./grad-cam.ts";
export { layerExhibits } from "./layer-exhibits.ts";
