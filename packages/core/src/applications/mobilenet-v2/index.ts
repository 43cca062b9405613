export { loadMobileNetV2Folder } from "./load-folder.ts";
export { loadMobileNetV2 } from "./load-weights.ts";
export { mobileNetV2, type MobileNetV2Options } from "./mobile-net-v2.ts";
export { inputRescaling, preprocessInput } from "./preprocess-input.ts";
