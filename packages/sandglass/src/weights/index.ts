export { openMobileNetV2, type OpenMobileNetV2Options } from "./open-mobilenet-v2.ts";
