/** Which of the files that Keras offers has the ImageNet weights of a MobileNetV2. Source: `keras/src/applications/mobilenet_v2.py`, Keras 3.15. */
import type { applications } from "@sandglass/core";
import { UserError } from "../errors.ts";

/** The folder that Keras downloads from. It publishes neither lengths nor hashes of these files. */
export const OFFICIAL_FOLDER = "https://storage.googleapis.com/tensorflow/keras-applications/mobilenet_v2/";

const ALPHAS: readonly number[] = [0.35, 0.5, 0.75, 1, 1.3, 1.4];
/** There are weights for images of each of these sizes; those of the largest serve all others. */
const SIZES: ReadonlySet<number> = new Set([96, 128, 160, 192, 224]);
const DEFAULT_SIZE = 224;

/**
 * The name of the file.
 *
 * @throws UserError when there is none: of another alpha, for other classes, or for images without three channels.
 */
export function officialFile({
  inputShape = [DEFAULT_SIZE, DEFAULT_SIZE, 3],
  alpha = 1,
  includeTop = true,
  classes = 1000,
}: applications.MobileNetV2Options): string {
  const [rows, columns, channels] = inputShape;
  if (!ALPHAS.includes(alpha)) {
    throw new UserError(`there are ImageNet weights of MobileNetV2 for alpha ${ALPHAS.join(", ")}; ${alpha} came`);
  }
  if (channels !== 3) {
    throw new UserError(`ImageNet weights are for images with 3 channels; ${channels} came. Convert images to colours`);
  }
  if (includeTop && classes !== 1000) {
    throw new UserError(
      `the classifier of the ImageNet weights has 1000 classes; ${classes} came. Ask for includeTop: false, and put a layer for yours behind it`,
    );
  }
  const size = rows === columns && SIZES.has(rows as number) ? rows : DEFAULT_SIZE;
  const top = includeTop ? "" : "_no_top";
  // Python's way to write the number: 1.0, 0.35.
  const number = Number.isInteger(alpha) ? alpha.toFixed(1) : String(alpha);
  return `mobilenet_v2_weights_tf_dim_ordering_tf_kernels_${number}_${size}${top}.h5`;
}
