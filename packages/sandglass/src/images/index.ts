export { heatOverlay } from "./heat-overlay.ts";
export { imageLayout, onWhite, requireImages, scaled, toPixels, type Pixels } from "./pixels.ts";
export { encodePng } from "./png.ts";
export { readPicture, type Picture, type ReadPictureOptions } from "./read-picture.ts";
export { drawSheet, type Cell } from "./sheet.ts";
