export { exploreMatrix } from "./explore-matrix.ts";
export { exploreTable } from "./explore-table.ts";
