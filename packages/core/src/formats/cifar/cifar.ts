/**
 * The binary files of CIFAR-10 and CIFAR-100: rows of one length, each the image's labels and its pixels, first all red values, then
 * green, then blue, each plane row by row. CIFAR-10 has one label, CIFAR-100 two: the coarse one of 20, then the fine one of 100.
 * Source: A. Krizhevsky, The CIFAR-10 dataset, "Binary version".
 */
import { CifarError } from "./cifar-error.ts";

export type CifarKind = "cifar-10" | "cifar-100";

/** Images of CIFAR, 32×32 in colour. */
export interface CifarImages {
  readonly kind: CifarKind;
  readonly count: number;
  /** `[count, 32, 32, 3]`, bytes. */
  readonly values: Uint8Array;
  /** A class an image: of 10, or of CIFAR-100's 100 fine ones. */
  readonly labels: Uint8Array;
  /** Of CIFAR-100's 20 coarse classes. */
  readonly coarseLabels?: Uint8Array;
}

const PIXELS = 32 * 32;
const CHANNELS = 3;
/** Shape of one image. */
export const cifarShape: readonly number[] = [32, 32, CHANNELS];

/** The number of classes by each label byte of a row; the last one is the label. */
const CLASSES: Readonly<Record<CifarKind, readonly number[]>> = { "cifar-10": [10], "cifar-100": [20, 100] };

function rowBytes(kind: CifarKind): number {
  return CLASSES[kind].length + CHANNELS * PIXELS;
}

/**
 * Reads files of one kind, whose images follow one another: the five training batches of CIFAR-10, or a single file.
 *
 * @param files by their names, which errors tell.
 * @param kind by the first file's length unless given.
 * @throws CifarError when a file is no whole number of rows, is of another kind than the first, or has a label beyond its classes.
 * @example
 * const { values, labels } = readCifar({ "data_batch_1.bin": await readFile("data_batch_1.bin") });
 */
export function readCifar(files: Readonly<Record<string, Uint8Array>>, kind = kindOf(files)): CifarImages {
  const row = rowBytes(kind);
  const count = Object.entries(files).reduce((sum, [name, file]) => sum + countRows(name, file, kind), 0);
  const labels = CLASSES[kind].map(() => new Uint8Array(count));
  const values = new Uint8Array(count * CHANNELS * PIXELS);
  let at = 0;
  for (const [name, file] of Object.entries(files)) {
    for (let start = 0; start < file.length; start += row, at++) {
      for (const [byte, classes] of CLASSES[kind].entries()) {
        const label = file[start + byte] as number;
        if (label >= classes) throw wrongLabel(kind, name, start / row, label, classes);
        (labels[byte] as Uint8Array)[at] = label;
      }
      interleave(file, start + CLASSES[kind].length, values, at * CHANNELS * PIXELS);
    }
  }
  const [coarseLabels] = labels.slice(0, -1);
  return { kind, count, values, labels: labels.at(-1) as Uint8Array, ...(coarseLabels && { coarseLabels }) };
}

/**
 * The names in a file of class names (`batches.meta.txt`, `fine_label_names.txt`): one a line, empty lines at the end.
 *
 * @throws CifarError when there is none.
 */
export function readCifarClassNames(file: Uint8Array): readonly string[] {
  const names = new TextDecoder()
    .decode(file)
    .split("\n")
    .map((line) => line.trim());
  while (names.at(-1) === "") names.pop();
  if (names.length === 0) throw new CifarError("the file of class names has none; expected one a line");
  return names;
}

function kindOf(files: Readonly<Record<string, Uint8Array>>): CifarKind {
  const [[name, first] = []] = Object.entries(files);
  if (first === undefined) throw new CifarError("no file came; expected one or more of CIFAR's");
  const fitting = (Object.keys(CLASSES) as CifarKind[]).find((kind) => first.length % rowBytes(kind) === 0);
  if (fitting !== undefined && first.length > 0) return fitting;
  throw new CifarError(
    `${name} has ${first.length} bytes; an image takes ${rowBytes("cifar-10")} (CIFAR-10) or ${rowBytes("cifar-100")} ` +
      "(CIFAR-100), and a file a whole number of these; it is cut short, or another kind of file",
  );
}

function countRows(name: string, file: Uint8Array, kind: CifarKind): number {
  const rows = file.length / rowBytes(kind);
  if (rows >= 1 && Number.isInteger(rows)) return rows;
  throw new CifarError(
    `${name} has ${file.length} bytes, which is no whole number of images of ${rowBytes(kind)} bytes (${kind}); ` +
      "it is cut short, or of another kind",
  );
}

/** From three planes to three values a pixel. */
function interleave(file: Uint8Array, from: number, values: Uint8Array, to: number): void {
  for (let channel = 0; channel < CHANNELS; channel++) {
    const plane = from + channel * PIXELS;
    for (let pixel = 0; pixel < PIXELS; pixel++)
      values[to + pixel * CHANNELS + channel] = file[plane + pixel] as number;
  }
}

function wrongLabel(kind: CifarKind, file: string, image: number, label: number, classes: number): CifarError {
  return new CifarError(
    `image ${image} of ${file} has the label ${label}, and ${kind} has ${classes} classes; ` +
      "the file is damaged, or of another kind",
  );
}
