import { describe, expect, test } from "vitest";
import {
  bytes,
  decodeMessage,
  double,
  encodeMessage,
  float,
  int64,
  message,
  optional,
  packed,
  repeated,
  text,
} from "./message.ts";
import { ProtobufError } from "./protobuf-error.ts";

const point = { x: optional(1, float), label: optional(2, text) };
const drawing = {
  version: optional(1, int64),
  points: repeated(2, message(point)),
  sizes: packed(3, int64),
  weights: packed(4, double),
  names: repeated(5, text),
  image: optional(6, bytes),
};

describe("writing", () => {
  test("follows the examples of the format's documentation", () => {
    expect([...encodeMessage(drawing, { version: 150 })]).toEqual([0x08, 0x96, 0x01]);
    expect([...encodeMessage(drawing, { names: ["testing"] })]).toEqual([0x2a, 7, ...Buffer.from("testing")]);
    expect([...encodeMessage(drawing, { sizes: [3, 270, 86942] })]).toEqual([0x1a, 6, 3, 0x8e, 2, 0x9e, 0xa7, 5]);
    expect([...encodeMessage(drawing, { version: -1 })]).toEqual([0x08, ...Array<number>(9).fill(0xff), 0x01]);
  });

  test("leaves out what is not given", () => {
    expect(encodeMessage(drawing, { points: [{}], sizes: [], image: undefined })).toEqual(Uint8Array.of(0x12, 0));
  });
});

test("what is written is read again", () => {
  const value = {
    version: -(2 ** 53),
    points: [
      { x: 0.5, label: "a" },
      { x: undefined, label: "größer" },
    ],
    sizes: [0, 1, 127, 128, 2 ** 49 - 1, 2 ** 49, 2 ** 53, -5],
    weights: [0.1, -Infinity],
    names: ["", "b"],
    image: Uint8Array.of(1, 2, 3),
  };
  expect(decodeMessage(drawing, encodeMessage(drawing, value))).toEqual(value);
});

describe("reading", () => {
  test("finds numbers that are not packed, and both at once", () => {
    expect(decodeMessage(drawing, Uint8Array.of(0x18, 5, 0x1a, 2, 6, 7, 0x18, 8)).sizes).toEqual([5, 6, 7, 8]);
  });

  test("passes over fields that are not known, of every kind", () => {
    const unknown = [0x78, 0x80, 1, 0x79, 1, 2, 3, 4, 5, 6, 7, 8, 0x7a, 2, 9, 9, 0x7d, 1, 2, 3, 4];
    expect(decodeMessage(drawing, Uint8Array.of(...unknown, 0x08, 3)).version).toBe(3);
  });

  test("takes the last of several values", () => {
    expect(decodeMessage(drawing, Uint8Array.of(0x08, 1, 0x08, 2)).version).toBe(2);
  });

  test("rounds whole numbers that no number represents", () => {
    const largest = [...Array<number>(8).fill(0xff), 0x7f];
    expect(decodeMessage(drawing, Uint8Array.of(0x08, ...largest)).version).toBe(2 ** 63);
  });
});

describe("refused are", () => {
  test.each<[string, number[], RegExp]>([
    ["bytes beyond the end", [0x32, 5, 1, 2], /at byte 2, 5 bytes are announced and 2 are left/],
    ["a text beyond the end", [0x2a, 0xff, 0xff, 0xff, 0x7f, 65], /268435455 bytes are announced and 1 are left/],
    ["a negative length", [0x32, ...Array<number>(9).fill(0xff), 1], /-1 bytes are announced/],
    ["an unknown field beyond the end", [0x7a, 5, 1], /5 bytes are announced and 1 are left/],
    [
      "a message beyond the one around it",
      [0x12, 2, 0x12, 9, 1, 1, 1, 1, 1, 1, 1, 1, 1],
      /at byte 4, 9 bytes are announced/,
    ],
    ["a cut number", [0x08, 0x80], /1 bytes are announced and 0 are left/],
    ["a number of eleven bytes", [0x08, ...Array<number>(11).fill(0x80)], /a number has more than 10 bytes/],
    ["a cut float", [0x12, 3, 0x0d, 1, 2], /4 bytes are announced and 2 are left/],
    ["a group", [0x0b, 0x0c], /the tag 11 is none of a field/],
    ["field 0", [0x00, 0], /the tag 0 is none of a field/],
    ["another kind of value", [0x0a, 1, 1], /field 1 has values of kind 2 where 0 was expected/],
  ])("%s", (_, file, expected) => {
    const read = (): unknown => decodeMessage(drawing, Uint8Array.from(file));
    expect(read).toThrow(ProtobufError);
    expect(read).toThrow(expected);
  });

  test("messages without number, which take fifty times their room", () => {
    const file = Uint8Array.from({ length: 2 * (2 ** 20 + 1) }, (_, index) => (index % 2 === 0 ? 0x12 : 0));
    expect(() => decodeMessage(drawing, file)).toThrow(/at byte 2097154, the file has more than 1048576 messages/);
    expect(() => decodeMessage(drawing, file.subarray(2))).not.toThrow();
  });
});
