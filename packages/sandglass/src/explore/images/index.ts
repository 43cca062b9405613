export { exploreArrays } from "./explore-arrays.ts";
export { exploreImages } from "./explore-images.ts";
