/** The weights and photographs of the folder that SANDGLASS_DATA names. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";

const data = process.env["SANDGLASS_DATA"] ?? "";
const weights = join(data, "mobilenet");
/** Alpha 1, the normalization folded in, without the classifier. */
export const folded = join(weights, "webnn_mobilenetv2_1.0_224_nhwc");
/** A Keras model on the features of alpha 0.35. */
export const keras = join(weights, "teachable_machine_h5", "keras_model.h5");
const photographs = join(data, "imagenet-samples");

export const hasRealWeights = existsSync(weights) && existsSync(photographs);

/** Where a file of alpha 1 lies: its classifier is beside the folder. */
export function foldedFile(name: string): string {
  return name === "Const_222.npy"
    ? join(weights, "derived", "Const_222_dequantised_from_coral_int8.npy")
    : join(folded, "weights", name);
}

/** The first photographs, with the numbers of their classes. */
export function labelledPhotographs(count: number): readonly { readonly file: string; readonly index: number }[] {
  const lines = readFileSync(join(photographs, "labels.csv"), "utf8").split("\n");
  return lines.slice(1, 1 + count).map((line) => {
    const [file = "", index] = line.split(",");
    return { file, index: Number(index) };
  });
}

const SIZE = 224;

/** The middle of photographs, 224×224: a square of `share` of the short side, or of 224 pixels as they are. */
export async function pixelsOf(files: readonly string[], share?: number): Promise<Uint8Array> {
  const images = await Promise.all(
    files.map(async (file) => {
      const image = sharp(join(photographs, file));
      const { width, height } = await image.metadata();
      const side = share === undefined ? SIZE : Math.round(share * Math.min(width, height));
      const area = { left: (width - side) >> 1, top: (height - side) >> 1, width: side, height: side };
      return image.extract(area).resize(SIZE, SIZE).removeAlpha().raw().toBuffer();
    }),
  );
  return new Uint8Array(Buffer.concat(images));
}
