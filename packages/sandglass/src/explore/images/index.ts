export { exploreArrays } from "./explore-arrays.ts";
export { exploreImages } from "./explore-images.ts";
export { lacksClasses } from "./lacks-classes.ts";
export { loadParts, type LoadedParts } from "./load-parts.ts";
