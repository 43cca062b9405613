export { depthwiseConv2d } from "./depthwise-conv2d.ts";
