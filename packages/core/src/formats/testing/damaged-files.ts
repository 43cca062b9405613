/** Files with damage, for readers that must not be brought down by any. */
import { resourceUsage } from "node:process";
import { RandomStream } from "../../data/random-stream.ts";

/** Damages a file; `whole` draws a whole number from 0 on. */
type Mutation = (file: Uint8Array, whole: (below: number) => number) => Uint8Array;

const MUTATIONS: readonly Mutation[] = [
  // A bit turned over.
  (file, whole) => changed(file, whole(file.length), (byte) => byte ^ (1 << whole(8))),
  // Another byte.
  (file, whole) => changed(file, whole(file.length), () => whole(256)),
  // The largest length or size that a byte can hold.
  (file, whole) => changed(file, whole(file.length), () => 255),
  // The end is missing.
  (file, whole) => file.slice(0, whole(file.length)),
  // A piece in the middle is missing.
  (file, whole) => {
    const from = whole(file.length);
    return joined(file.subarray(0, from), file.subarray(from + 1 + whole(16)));
  },
  // A piece stands there twice.
  (file, whole) => {
    const from = whole(file.length);
    return joined(file.subarray(0, from + 1 + whole(16)), file.subarray(from));
  },
  // Several bytes in a row are others.
  (file, whole) => {
    const from = whole(file.length);
    const result = file.slice();
    for (let at = from; at < Math.min(file.length, from + 8); at++) result[at] = whole(256);
    return result;
  },
];

/** Sizes and addresses that files do not have. */
const EXTREME_NUMBERS = [0n, 1n, 0x7fff_ffffn, 0xffff_ffffn, 2n ** 40n, 2n ** 63n, 2n ** 64n - 1n];

/** So many damaged copies of a file, the same for the same seed. */
export function* damagedFiles(file: Uint8Array, count: number, seed: number): Generator<Uint8Array> {
  const random = new RandomStream(seed);
  const whole = (below: number): number => random.integer(below);
  for (let index = 0; index < count; index++) {
    yield (MUTATIONS[index % MUTATIONS.length] as Mutation)(file, whole);
  }
}

/** Copies with numbers of 8 bytes replaced, by extreme ones or by addresses within the file: structures that hold themselves. */
export function* withOtherNumbers(file: Uint8Array, count: number, seed: number): Generator<Uint8Array> {
  const random = new RandomStream(seed);
  const places = Math.floor(file.length / 8);
  for (let index = 0; index < count; index++) {
    const copy = file.slice();
    const number =
      index % 2 === 0
        ? (EXTREME_NUMBERS[random.integer(EXTREME_NUMBERS.length)] as bigint)
        : BigInt(8 * random.integer(places));
    new DataView(copy.buffer).setBigUint64(8 * random.integer(places), number, true);
    yield copy;
  }
}

/** What became of damaged files. */
export interface DamagedReadings {
  readonly read: number;
  readonly refused: number;
  /** What was thrown and is not of the reader's own class of errors. */
  readonly others: readonly unknown[];
  /** By how much the process has grown, at its largest. */
  readonly gigabytes: number;
}

/** Reads damaged files one after the other. */
export async function readDamaged(
  files: Iterable<Uint8Array>,
  read: (file: Uint8Array) => unknown,
  errorClass: new (message: string) => Error,
): Promise<DamagedReadings> {
  const largest = (): number => resourceUsage().maxRSS / 2 ** 20;
  const before = largest();
  let count = 0;
  const errors: unknown[] = [];
  for (const file of files) {
    count++;
    try {
      await read(file);
    } catch (error) {
      errors.push(error);
    }
  }
  const others = errors.filter((error) => !(error instanceof errorClass));
  return {
    read: count - errors.length,
    refused: errors.length - others.length,
    others,
    gigabytes: largest() - before,
  };
}

function changed(file: Uint8Array, at: number, change: (byte: number) => number): Uint8Array {
  const result = file.slice();
  result[at] = change(result[at] as number);
  return result;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}
