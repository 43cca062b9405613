export { mobileNetV2, type MobileNetV2Options } from "./mobile-net-v2.ts";
export { inputRescaling, preprocessInput } from "./preprocess-input.ts";
