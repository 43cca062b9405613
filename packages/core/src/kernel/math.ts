/** Elementary functions of lane vectors, in float32, each with the error it keeps to on every host. */
export { erf } from "./math/erf.ts";
export { exp } from "./math/exp.ts";
export { log } from "./math/log.ts";
export { sigmoid } from "./math/sigmoid.ts";
export { sinCosTurns } from "./math/sin-cos-turns.ts";
export { softplus } from "./math/softplus.ts";
export { tanh } from "./math/tanh.ts";
