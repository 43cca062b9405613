/** What may be given as data, and how rows of it get into a program. */
import { firstNonFinite } from "../data/first-non-finite.ts";
import { GraphError } from "../graph/error.ts";
import { formatShape, sizeOf } from "../graph/tensor-type.ts";
import type { Shape } from "../graph/tensor-type.ts";

/** Arrays of numbers. What they hold becomes float32. */
export type NumberArray =
  Float32Array | Float64Array | Uint8Array | Uint16Array | Uint32Array | Int8Array | Int16Array | Int32Array;

/** Samples one after the other, row-major. */
export interface TensorData {
  readonly data: NumberArray;
  /** The shape of one sample, checked against the model's when given. */
  readonly shape?: Shape;
  /** What each value is multiplied by, such as 1/255 for bytes; 1 unless given. */
  readonly scale?: number;
}

/** A data set as `data/` makes it. */
export interface DatasetLike {
  readonly values: Float32Array | Uint8Array;
  readonly shape: Shape;
  readonly scale: number;
}

export type DataLike = NumberArray | TensorData | DatasetLike;

/** Checked data: `count` samples of `size` values. */
export interface Rows {
  readonly data: NumberArray;
  readonly scale: number;
  readonly size: number;
  readonly count: number;
}

/**
 * The data of an input or of the targets.
 *
 * @param what names the data in errors: `x`, `y`.
 * @throws GraphError when the data do not hold samples of the shape, or a value is NaN or infinite.
 */
export function toRows(what: string, given: DataLike, shape: Shape): Rows {
  const { data, shape: givenShape, scale } = asTensorData(given);
  const size = sizeOf(shape);
  const expected = `samples of shape ${formatShape(shape)}, ${size} values each`;
  if (givenShape !== undefined && sizeOf(givenShape) !== size) {
    throw new GraphError(`${what} needs ${expected}; samples of shape ${formatShape(givenShape)} came`);
  }
  if (data.length === 0) throw new GraphError(`${what} needs ${expected}; no values came`);
  if (data.length % size !== 0) {
    throw new GraphError(`${what} needs ${expected}; ${data.length} values came, which is no multiple of that`);
  }
  if (!Number.isFinite(scale)) throw new GraphError(`the scale of ${what} must be a number; ${scale} came`);
  if (data instanceof Float32Array || data instanceof Float64Array) checkFinite(what, data, size);
  return { data, scale, size, count: data.length / size };
}

/** Whether both are the same values: an autoencoder's targets are its inputs. */
export function isSameData(a: DataLike, b: DataLike): boolean {
  const [first, second] = [asTensorData(a), asTensorData(b)];
  return first.data === second.data && first.scale === second.scale;
}

/** Rows `from` to `to`. */
export function sliceRows(rows: Rows, from: number, to: number): Rows {
  return { ...rows, data: rows.data.subarray(from * rows.size, to * rows.size), count: to - from };
}

/**
 * Copies the rows numbered `order[from]` to `order[to - 1]` to the front of `target`. Rows that are left over in `target`
 * get copies of the last one: whatever the program computes of them has no weight, but must be a number.
 */
export function gatherRows(rows: Rows, order: Uint32Array, from: number, to: number, target: Float32Array): void {
  const { data, size, scale } = rows;
  const room = target.length / size;
  for (let row = 0; row < room; row++) {
    const source = (order[Math.min(from + row, to - 1)] as number) * size;
    if (scale === 1) {
      target.set(data.subarray(source, source + size), row * size);
      continue;
    }
    for (let i = 0, at = row * size; i < size; i++, at++) target[at] = (data[source + i] as number) * scale;
  }
}

/** Whether a value is data of one input or output. */
export function isDataLike(value: unknown): value is DataLike {
  if (typeof value !== "object" || value === null) return false;
  const { data, values } = value as { readonly data?: unknown; readonly values?: unknown };
  return [value, data, values].some(isNumberArray);
}

/** How many numbers the data hold. */
export function sizeOfData(given: DataLike): number {
  return asTensorData(given).data.length;
}

function asTensorData(given: DataLike): Required<Omit<TensorData, "shape">> & { readonly shape: Shape | undefined } {
  if (isNumberArray(given)) return { data: given, shape: undefined, scale: 1 };
  if ("values" in given) return { data: given.values, shape: given.shape, scale: given.scale };
  const { data, shape, scale = 1 } = given;
  if (isNumberArray(data)) return { data, shape, scale };
  throw new GraphError("data must be a typed array of numbers, or an object with one as `data` or `values`");
}

function isNumberArray(value: unknown): value is NumberArray {
  return ArrayBuffer.isView(value) && !(value instanceof DataView) && !(value instanceof BigInt64Array);
}

function checkFinite(what: string, data: Float32Array | Float64Array, size: number): void {
  const wrong = firstNonFinite(data);
  if (wrong === -1) return;
  const row = Math.floor(wrong / size);
  throw new GraphError(`${what} holds ${data[wrong]} in row ${row}, value ${wrong % size}; remove or repair that row`);
}
