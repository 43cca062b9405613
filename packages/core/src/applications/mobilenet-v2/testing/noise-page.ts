/** A page that puts an image through MobileNetV2. */
import { classifyNoise } from "./classify-noise.ts";

window.result = classifyNoise();
