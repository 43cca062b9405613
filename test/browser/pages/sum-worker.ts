import { sum } from "./sum.ts";

addEventListener("message", ({ data }: MessageEvent<ArrayBuffer | SharedArrayBuffer>) => {
  postMessage(sum(new Float32Array(data)));
});
