/** How models, arrays and figures go to the Python side and come back: a folder for each model. Twin of exchange.py. */

/** Steps that both sides take from the same state of the optimizer. */
export const FURTHER_STEPS = 5;

/** An array with its shape, the samples being the first axis. */
export interface ExchangedArray {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** `manifest.json` of a model. */
export interface Manifest {
  readonly name: string;
  /** Keras's classes of all layers, those of models within included. */
  readonly classNames: readonly string[];
  /** Whether training draws random numbers, so that two programs do not take the same steps. */
  readonly isRandom: boolean;
  /** Losses of the steps that follow the saved state. */
  readonly losses: readonly number[];
}

/** The files of a model's folder, by their paths in it. */
export type FolderFiles = ReadonlyMap<string, Uint8Array>;

/** Arrays as `<name>.<index>.f32`, and their shapes as `<name>.json`. */
export function encodeArrays(name: string, arrays: readonly ExchangedArray[]): [path: string, bytes: Uint8Array][] {
  return [
    [`${name}.json`, encodeJson(arrays.map(({ shape }) => shape))],
    ...arrays.map(({ data }, index): [string, Uint8Array] => [
      `${name}.${index}.f32`,
      new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
    ]),
  ];
}

export function decodeArrays(files: FolderFiles, name: string): ExchangedArray[] {
  const shapes = decodeJson(files, `${name}.json`) as readonly (readonly number[])[];
  return shapes.map((shape, index) => {
    // A copy, which begins where a Float32Array may.
    const bytes = Uint8Array.from(fileOf(files, `${name}.${index}.f32`));
    return { shape, data: new Float32Array(bytes.buffer) };
  });
}

export function encodeJson(content: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(content));
}

export function decodeJson(files: FolderFiles, path: string): unknown {
  return JSON.parse(new TextDecoder().decode(fileOf(files, path)));
}

export function fileOf(files: FolderFiles, path: string): Uint8Array {
  const bytes = files.get(path);
  if (bytes !== undefined) return bytes;
  throw new Error(`there is no ${path} among ${[...files.keys()].join(", ")}`);
}

/** The largest |a − b| / max(1, |b|). */
export function largestDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Infinity;
  let worst = 0;
  for (let i = 0; i < expected.length; i++) {
    const [a, b] = [actual[i] as number, expected[i] as number];
    const difference = Math.abs(a - b) / Math.max(1, Math.abs(b));
    if (Number.isNaN(difference)) return Infinity;
    worst = Math.max(worst, difference);
  }
  return worst;
}
