/** Damage that readers of Keras's JSON must bear, beside that of `formats/testing`. */
import { RandomStream } from "../../../data/random-stream.ts";

/** Values that stand nowhere in a model, and names that mean something to JavaScript or to a file system. */
// prettier-ignore
const STRANGE_VALUES = [
  "null", "true", "-1", "0", "1e9", "1e308", "4294967296", "[]", "{}", "[[[]]]", '""', '"constructor"', '"__proto__"',
  '"../../escape"', '"Dense"', '"Sequential"', '{"class_name":"Functional","config":{}}',
];

/** A value of JSON that is no key. */
const VALUE = /"(?:[^"\\]|\\.)*"(?!:)|-?\d+(?:\.\d+)?(?:e[-+]?\d+)?|true|false|null|\[\]/gu;

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
