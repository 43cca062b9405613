export { DisjointSets } from "./disjoint-sets.ts";
export { likeness } from "./likeness.ts";
export { nearDuplicates } from "./near-duplicates.ts";
export { nearestPairs, type HashPair, type NearestPairs } from "./nearest-pairs.ts";
export { hammingDistance, perceptualHash, THUMBNAIL_SIDE, type PerceptualHash } from "./perceptual-hash.ts";
export { rowHashes, sharedRows, type SharedRows } from "./row-hashes.ts";
