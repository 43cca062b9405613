/** Damage that readers of HDF5 and of Keras's JSON must bear, beside that of `formats/testing`. */
import { RandomStream } from "../../../data/random-stream.ts";

/** Sizes and addresses that files do not have. */
const EXTREME_NUMBERS = [0n, 1n, 0x7fff_ffffn, 0xffff_ffffn, 2n ** 40n, 2n ** 63n, 2n ** 64n - 1n];

/** Values that stand nowhere in a model, and names that mean something to JavaScript or to a file system. */
// prettier-ignore
const STRANGE_VALUES = [
  "null", "true", "-1", "0", "1e9", "1e308", "4294967296", "[]", "{}", "[[[]]]", '""', '"constructor"', '"__proto__"',
  '"../../escape"', '"Dense"', '"Sequential"', '{"class_name":"Functional","config":{}}',
];

/** A value of JSON that is no key. */
const VALUE = /"(?:[^"\\]|\\.)*"(?!:)|-?\d+(?:\.\d+)?(?:e[-+]?\d+)?|true|false|null|\[\]/gu;

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

/** Copies of a JSON text with one value replaced by a strange one, or by another one of the text. */
export function* withOtherValues(text: string, count: number, seed: number): Generator<string> {
  const random = new RandomStream(seed);
  const values = [...text.matchAll(VALUE)];
  for (let index = 0; index < count; index++) {
    const { 0: old, index: at } = values[random.integer(values.length)] as RegExpExecArray;
    const replacement =
      index % 2 === 0
        ? (STRANGE_VALUES[random.integer(STRANGE_VALUES.length)] as string)
        : (values[random.integer(values.length)] as RegExpExecArray)[0];
    yield text.slice(0, at) + replacement + text.slice(at + old.length);
  }
}
