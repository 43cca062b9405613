export { conv2d, conv2dTranspose } from "./conv2d.ts";
