export { imageLayout, requireImages, scaled, toPixels, type Pixels } from "./pixels.ts";
export { encodePng } from "./png.ts";
export { drawSheet, type Cell } from "./sheet.ts";
