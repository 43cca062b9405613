// Compared with files of NumPy's own, see fixtures/numpy.
import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { expectedArrays, readNumpyFixture, type ExpectedArray } from "../../../../../fixtures/numpy/read.ts";
import { describeNpy, NpyError, openNpz, readNpy, readNpz, writeNpy, type NpyArray } from "./index.ts";

const expected = expectedArrays();

/** An array as the fixtures describe it, numbers compared as numbers. */
function plain({ shape, dtype, data }: NpyArray): unknown {
  return { shape, dtype, values: Array.from<unknown>(data) };
}

function wanted({ shape, dtype, values }: ExpectedArray): unknown {
  return { shape, dtype, values: dtype === "text" ? values : values.map(Number) };
}

/** The head of an array with this text, and so many bytes behind it. */
function fileOf(text: string, dataBytes = 0, major = 1): Uint8Array {
  const head = new TextEncoder().encode(text);
  const lengthBytes = major === 1 ? 2 : 4;
  const file = new Uint8Array(8 + lengthBytes + head.length + dataBytes);
  file.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, major, 0]);
  new DataView(file.buffer).setUint16(8, head.length, true);
  file.set(head, 8 + lengthBytes);
  return file;
}

const headOf = (descr: string, shape: string, order = "False"): string =>
  `{'descr': ${descr}, 'fortran_order': ${order}, 'shape': ${shape}, }`;

describe("reading what NumPy saved", () => {
  const types = openNpz(readNumpyFixture("types.npz"));

  it("has every type, in both byte orders", () => {
    expect(types.names).toEqual(Object.keys(expected.types));
    expect(types.names).toHaveLength(26);
  });

  it.each(Object.entries(expected.types))("reads %s", (name, array) => {
    const read = types.read(name);
    expect(plain(read)).toEqual(wanted(array));
    expect(types.describe(name)).toEqual({ shape: array.shape, dtype: array.dtype });
  });

  it("makes arrays of the types that there are", () => {
    const names = ["b1", "u2", "i8", "u8", "f2", "f4", "f8"].map((name) => types.read(`big-${name}`).data);
    expect(names.map((data) => data.constructor)).toEqual([
      Uint8Array,
      Uint16Array,
      Float64Array,
      Float64Array,
      Float32Array,
      Float32Array,
      Float64Array,
    ]);
  });

  it.each(Object.entries(expected.orders))("brings values into C order: %s", (name, array) => {
    expect(plain(openNpz(readNumpyFixture("orders.npz")).read(name))).toEqual(wanted(array));
  });

  it.each([1, 2, 3])("reads version %i", (major) => {
    expect(plain(readNpy(readNumpyFixture(`version-${major}.npy`)))).toEqual(wanted(expected.versions));
  });

  it("reads from anywhere in a larger buffer, and copies only where it must", () => {
    const file = readNumpyFixture("version-1.npy");
    const aligned = readNpy(file);
    expect(aligned.dtype === "text" ? undefined : aligned.data.buffer).toBe(file.buffer);
    for (const offset of [1, 2, 3]) {
      const inPool = Buffer.concat([Buffer.alloc(offset), file]).subarray(offset);
      expect(readNpy(inPool)).toEqual(aligned);
    }
  });

  it("reads heads as older versions of Python wrote them", () => {
    const file = fileOf(`{"shape": (2L, 1L), 'fortran_order': True, 'descr': '|u1'}\n`, 2);
    file.set([7, 9], file.length - 2);
    expect(readNpy(file)).toEqual({ shape: [2, 1], dtype: "uint8", data: Uint8Array.of(7, 9) });
  });

  it("describes an array by its first bytes", () => {
    expect(describeNpy(readNumpyFixture("version-2.npy").subarray(0, 128))).toEqual({
      shape: [1, 3],
      dtype: "float32",
    });
  });
});

describe("refusing", () => {
  const refused = openNpz(readNumpyFixture("refused.npz"));

  it.each([
    ["objects", /^the array "objects": the array holds Python objects \(a pickle\), which are never opened/],
    ["structures", /fields of several types\. Save each field/],
    ["raw", /fields of several types/],
    ["complex", /complex numbers\. Save their parts/],
    ["dates", /holds dates/],
    ["spans", /holds spans of time/],
    ["bytes", /texts of bytes.*astype\(str\)/],
    ["beyond", /value 1 of the int64 array is about 9007199254740992; integers are exact up to 2\^53/],
    ["below", /value 0 of the int64 array is about -9223372036854776000/],
    ["largest", /value 0 of the uint64 array is about 18446744073709552000/],
  ])("%s", (name, message) => {
    expect(() => refused.read(name)).toThrow(NpyError);
    expect(() => refused.read(name)).toThrow(message);
  });

  it("what cannot be read does not hide the rest", () => {
    expect(refused.read("fine").data).toEqual(Uint8Array.of(1, 2, 3));
    expect(refused.describe("structures")).toEqual({ shape: [1], dtype: undefined });
    expect(() => readNpz(readNumpyFixture("refused.npz"))).toThrow(NpyError);
  });

  it.each<[string, Uint8Array, RegExp]>([
    ["nothing", new Uint8Array(0), /0 bytes; it is empty or cut short/],
    ["a PNG", Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10), /begins with 89 50 4e 47 0d 0a.*another kind/],
    ["a pickle", Uint8Array.of(0x80, 4, 0x95, 0, 0, 0, 0, 0, 0), /looks like a Python pickle; these are never opened/],
    ["an archive", readNumpyFixture("types.npz"), /is a zip of arrays \(\.npz\)/],
    ["a version to come", fileOf("{}", 0, 4), /version 4\.0 .*1\.0, 2\.0 and 3\.0 can be read/],
    ["a cut-off head", readNumpyFixture("version-1.npy").subarray(0, 100), /ends after 100 bytes, inside its head/],
    [
      "a missing byte",
      readNumpyFixture("version-1.npy").subarray(0, -1),
      /cut short: .*\[1, 3\] of "<f4".*12 bytes, and 11/,
    ],
    ["a byte too many", Uint8Array.of(...readNumpyFixture("version-1.npy"), 0), /too long: .*12 bytes, and 13 follow/],
    ["no dictionary", fileOf("(1, 2)"), /must have descr, fortran_order and shape; it has none/],
    ["other fields", fileOf("{'shape': (1,), 'descr': '|u1'}"), /it has shape, descr/],
    ["a field twice", fileOf("{'shape': (1,), 'shape': (2,)}"), /has "shape" twice/],
    ["code", fileOf(headOf("'|u1'", "tuple([1])"), 1), /has "tuple\(\[1\]\)/],
    ["a call for a name", fileOf("__import__('os').system('ls')"), /no array of NumPy's/],
    ["a shape that is a number", fileOf(headOf("'|u1'", "(3)"), 3), /no tuple of sizes/],
    ["a negative size", fileOf(headOf("'|u1'", "(-3,)"), 3), /no tuple of sizes/],
    ["a size beyond counting", fileOf(headOf("'|u1'", `(${"9".repeat(18)},)`), 3), /no tuple of sizes/],
    [
      "sizes beyond any file",
      fileOf(headOf("'<f8'", `(${"900000000,".repeat(4)})`), 8),
      /makes 5\.\d+e\+36 bytes, and 8/,
    ],
    ["too many sizes", fileOf(headOf("'|u1'", `(${"1,".repeat(65)})`), 1), /has 65 sizes/],
    ["an order that is none", fileOf(headOf("'|u1'", "(1,)", "0"), 1), /fortran_order .*no truth value/],
    ["deep nesting", fileOf("(".repeat(200)), /nested over 32 deep/],
    ["an unknown type", fileOf(headOf("'<f16'", "(1,)"), 16), /type "<f16"; those of type b1, u1.*U can be read/],
    ["texts without length", fileOf(headOf("'<U0'", "(9000000000,)")), /type "<U0"/],
    ["a head of megabytes", fileOf("{", 0, 2).fill(255, 8, 11), /the head of the file has 16777215 bytes; up to 65536/],
    ["no character", fileOf(headOf("'<U1'", "(1,)"), 4).fill(255, -4), /text 0 .*0xffffffff, which is none/],
  ])("%s", (_, file, message) => {
    expect(() => readNpy(file)).toThrow(NpyError);
    expect(() => readNpy(file)).toThrow(message);
  });
});

describe("writing", () => {
  const types = openNpz(readNumpyFixture("types.npz"));

  it.each(["u1", "i1", "u2", "i2", "u4", "i4", "f4", "f8", "U5"])("gives NumPy's own bytes: %s", (name) => {
    const original = unzipSync(readNumpyFixture("types.npz"))[`little-${name}.npy`];
    expect(writeNpy(types.read(`little-${name}`))).toEqual(original);
  });

  it("pads heads as NumPy does, of scalars and vectors too", () => {
    const file = writeNpy({ shape: [3], data: Float32Array.of(1, 2, 3) });
    expect(new TextDecoder().decode(file.subarray(10, 127))).toBe(
      "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }".padEnd(117),
    );
    expect([file[8], file[9], file[127], file.length]).toEqual([118, 0, 10, 140]);
    expect(readNpy(writeNpy({ shape: [], data: Float64Array.of(42.5) }))).toEqual({
      shape: [],
      dtype: "float64",
      data: Float64Array.of(42.5),
    });
  });

  it("refuses values that do not fill the shape", () => {
    expect(() => writeNpy({ shape: [2, 3], data: new Float32Array(5) })).toThrow(
      new NpyError("the shape [2, 3] needs 6 values, and 5 came"),
    );
    expect(() => writeNpy({ shape: [1.5], data: ["a"] })).toThrow("whole numbers of 0 or more; [1.5] came");
  });
});
