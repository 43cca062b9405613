import { afterEach, describe, expect, test, vi } from "vitest";
import { createHdf5 } from "../hdf5/create-hdf5.ts";
import { lookup3 } from "../hdf5/lookup3.ts";
import { readWeights, writeWeights } from "./hdf5-weights.ts";
import { KerasFileError } from "./keras-file-error.ts";
import type { WeightArray } from "./weight-array.ts";
import { float32Values } from "./weight-array.ts";

const kernel: WeightArray = {
  path: "layers/conv2d/vars/0",
  shape: [2, 1, 3],
  data: Float32Array.of(1, -2.5, 3e-8, 4, NaN, Infinity),
};

/** Enough variables in one group for HDF5 to store the group in another way. */
const many: readonly WeightArray[] = Array.from({ length: 40 }, (_, index) => ({
  path: `optimizer/vars/${index}`,
  shape: [index],
  data: Float32Array.from({ length: index }, (_, i) => index + i / 10),
}));

afterEach(() => {
  vi.useRealTimers();
});

test("every element type and shape comes back, sorted by path with numbers in order", async () => {
  const weights: readonly WeightArray[] = [
    ...many,
    kernel,
    { path: "optimizer/single/0", shape: [], data: BigInt64Array.of(-(2n ** 60n)) },
    { path: "optimizer/single/1", shape: [], data: Float32Array.of(0.001) },
    { path: "other/a", shape: [2], data: Float64Array.of(1 / 3, -1e300) },
    { path: "other/b", shape: [2], data: Int32Array.of(-(2 ** 31), 5) },
    { path: "other/c", shape: [1, 2], data: Uint32Array.of(2 ** 32 - 1, 0) },
    { path: "other/d", shape: [1], data: BigUint64Array.of(2n ** 64n - 1n) },
    { path: "other/e", shape: [0, 3], data: new Float32Array(0) },
  ];
  const read = await readWeights(await writeWeights(weights.toReversed()));
  expect(read.map(({ path }) => path)).toEqual([
    kernel.path,
    "optimizer/single/0",
    "optimizer/single/1",
    ...many.map(({ path }) => path),
    ...["a", "b", "c", "d", "e"].map((name) => `other/${name}`),
  ]);
  for (const weight of weights) expect(read).toContainEqual(weight);
});

test("the bytes do not depend on the clock", async () => {
  const weights = [kernel, ...many];
  const write = (year: number): Promise<Uint8Array> => {
    vi.useFakeTimers({ toFake: ["Date"], now: new Date(year, 5, 1) });
    return writeWeights(weights);
  };
  const [first, second] = [await write(2001), await write(2031)];
  expect(first).toEqual(second);
});

test("headers are cleared of dates, and weights that look like headers are left alone", async () => {
  const header = Uint8Array.of(0x4f, 0x48, 0x44, 0x52, 2, 0x20, ...Array.from({ length: 34 }, (_, index) => index));
  const lookalike: WeightArray = { path: "layers/dense/vars/0", shape: [10], data: new Float32Array(header.buffer) };
  const [read] = await readWeights(await writeWeights([lookalike]));
  expect(new Uint8Array(float32Values(read ?? kernel).buffer)).toEqual(header);
});

test("float64 is read as float32 on request, integers are not", () => {
  expect(float32Values({ path: "a/b", shape: [1], data: Float64Array.of(1 / 3) })).toEqual(Float32Array.of(1 / 3));
  expect(() => float32Values({ path: "a/b", shape: [1], data: Int32Array.of(1) })).toThrow('"a/b" holds integers');
});

describe("writing refuses", () => {
  test("data that do not fill their shape", async () => {
    await expect(writeWeights([{ ...kernel, shape: [2, 2] }])).rejects.toThrow(
      'the array "layers/conv2d/vars/0" has 6 values; its shape [2, 2] asks for 4',
    );
  });

  test("a path that comes twice, or is none", async () => {
    await expect(writeWeights([kernel, kernel])).rejects.toThrow("came twice");
    await expect(writeWeights([{ ...kernel, path: "kernel" }])).rejects.toThrow('"kernel" is no path');
    await expect(writeWeights([{ ...kernel, path: "layers//0" }])).rejects.toThrow('"layers//0" is no path');
  });

  test("a path through an array, without leaving anything behind", async () => {
    const through = { ...kernel, path: `${kernel.path}/1` };
    await expect(writeWeights([kernel, through])).rejects.toThrow(/cannot be written as HDF5/u);
    await expect(readWeights(await writeWeights([kernel]))).resolves.toEqual([kernel]);
  });
});

/** The file with one dimension of its only array changed, under a checksum that is right. */
function withDim(bytes: Uint8Array, from: number, to: number): Uint8Array {
  const changed = bytes.slice();
  const view = new DataView(changed.buffer);
  for (let at = 0; at + 16 <= changed.length; at++) {
    const isHeader = view.getUint32(at) === 0x4f484452;
    if (!isHeader) continue;
    // As `clearTimestamps` reads it: signature, version, flags, dates, length of the messages, messages, checksum.
    const lengthBytes = 2 ** (view.getUint8(at + 5) & 3);
    const length = lengthBytes === 1 ? view.getUint8(at + 22) : view.getUint16(at + 22, true);
    const end = at + 22 + lengthBytes + length;
    for (let field = at; field + 8 <= end; field++) {
      if (view.getBigUint64(field, true) === BigInt(from)) view.setBigUint64(field, BigInt(to), true);
    }
    view.setUint32(end, lookup3(changed.subarray(at, end)), true);
  }
  return changed;
}

describe("reading refuses", () => {
  test("what is no HDF5 file, or a part of one", async () => {
    await expect(readWeights(new Uint8Array(1000))).rejects.toThrow("no sound HDF5 file: file signature not found");
    const bytes = await writeWeights([kernel]);
    await expect(readWeights(bytes.slice(0, -100))).rejects.toThrow(/no sound HDF5 file: truncated file/u);
  });

  test("bytes changed anywhere in the structure, or gives an array changed by it, but never hangs", async () => {
    const bytes = await writeWeights([kernel]);
    const outcomes: unknown[] = [];
    for (let at = 0; at < bytes.length; at += 7) {
      const damaged = bytes.slice();
      damaged[at] = (damaged[at] ?? 0) ^ 0xff;
      outcomes.push(await readWeights(damaged).catch((error: unknown) => error));
    }
    const errors = outcomes.filter((outcome) => !Array.isArray(outcome));
    expect(errors.length).toBeGreaterThan(10);
    expect(errors.filter((error) => !(error instanceof KerasFileError))).toEqual([]);
  });

  test("an array that declares more than the file has", async () => {
    const bytes = await writeWeights([{ path: "layers/a", shape: [77], data: new Float32Array(77) }]);
    await expect(readWeights(withDim(bytes, 77, 76))).resolves.toMatchObject([{ shape: [76] }]);
    await expect(readWeights(withDim(bytes, 77, 2 ** 30))).rejects.toThrow(
      'the array "layers/a" declares 4294967296 bytes by its shape [1073741824], more than the file can hold',
    );
  });

  test("other element types, and links", async () => {
    const text = await createHdf5((file) => {
      file.create_dataset({ name: "text", data: ["a"] });
    });
    await expect(readWeights(text)).rejects.toThrow(/the array "text" has the element type text/u);
    const link = await createHdf5((file) => {
      file.create_external_link("other.h5", "/x", "elsewhere");
    });
    await expect(readWeights(link)).rejects.toThrow('"elsewhere" is a link to another place');
  });
});
