/** Data sets from IDX files on disk: a file of images, and one of labels where there is one. */
import { basename } from "node:path";
import { dataset, DatasetError, IdxError, readIdx, type Dataset, type IdxArray } from "@sandglass/core";
import { UserError } from "../errors.ts";
import { readBytes } from "./read-file.ts";

export interface IdxFiles {
  readonly images: string;
  readonly labels?: string | undefined;
}

/**
 * Reads images, and labels if there are any, into a data set. The first size of the images counts them; `[n, 28, 28]`
 * becomes samples of shape `[28, 28, 1]`.
 *
 * @throws UserError that names the file when one is missing, damaged, or does not go with the other.
 */
export async function readIdxFiles(
  name: string,
  { images, labels }: IdxFiles,
  classNames?: readonly string[],
): Promise<Dataset> {
  const pixels = await readIdxFile(images);
  const shape = sampleShape(images, pixels);
  const values = pixels.data;
  if (!(values instanceof Uint8Array || values instanceof Float32Array)) {
    throw new UserError(`${images} holds ${pixels.dtype} values; images must be uint8 (0 to 255) or float32`);
  }
  const classes = labels === undefined ? undefined : await readLabels(labels, images, pixels.dims[0] ?? 0);
  try {
    // What is wrong with the data is said of the file.
    return { ...dataset(images, shape, values, { labels: classes, classNames: classes && classNames }), name };
  } catch (error) {
    if (error instanceof DatasetError) throw new UserError(error.message, { cause: error });
    throw error;
  }
}

/** Shape of one image: a missing channel axis is added. */
function sampleShape(path: string, { dims }: IdxArray): number[] {
  const [, ...shape] = dims;
  if (shape.length === 0 || shape.length > 3) {
    throw new UserError(
      `${path} has the shape [${dims.join(", ")}]; images are [count, height, width], [count, height, width, channels] ` +
        `or [count, features]${dims.length === 1 ? " (this looks like a file of labels)" : ""}`,
    );
  }
  return shape.length === 2 ? [...shape, 1] : shape;
}

async function readLabels(path: string, images: string, count: number): Promise<Uint8Array> {
  const { dims, dtype, data } = await readIdxFile(path);
  if (dims.length !== 1 || !(data instanceof Uint8Array)) {
    throw new UserError(
      `${path} holds ${dtype} values of shape [${dims.join(", ")}]; labels are uint8 of shape [count]`,
    );
  }
  if (data.length !== count) {
    throw new UserError(
      `${basename(images)} has ${count} images and ${basename(path)} has ${data.length} labels (both beside ${images}); ` +
        "they must be of the same set, with one label an image",
    );
  }
  return data;
}

async function readIdxFile(path: string): Promise<IdxArray> {
  const bytes = await readBytes(path);
  try {
    return await readIdx(bytes);
  } catch (error) {
    if (error instanceof IdxError) throw new UserError(`${path}: ${error.message}`, { cause: error });
    throw error;
  }
}
