export { constant, ones, zeros } from "./constant.ts";
export { identity } from "./identity.ts";
export type { Initializer } from "./initializer.ts";
export { orthogonal } from "./orthogonal.ts";
export { randomNormal } from "./random-normal.ts";
export { randomUniform } from "./random-uniform.ts";
export { stft, type StftOptions, type StftWindow } from "./stft.ts";
export { truncatedNormal } from "./truncated-normal.ts";
export {
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  lecunNormal,
  lecunUniform,
  varianceScaling,
} from "./variance-scaling.ts";
