export { enlargeMaps, normalizeMaps, type MapSize } from "./enlarge-maps.ts";
export { featureMapExhibits } from "./feature-map-exhibits.ts";
export { featureMaps, type FeatureMaps, type FeatureMapsOptions } from "./feature-maps.ts";
export { gradCam, type GradCam, type GradCamOptions } from "./grad-cam.ts";
