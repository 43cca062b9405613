export { IdxError, type IdxData, type IdxDtype } from "./header.ts";
export { readIdx, type IdxArray } from "./read.ts";
export { encodeIdx } from "./write.ts";
