import { createHash } from "node:crypto";
import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { writtenArrays as arrays } from "../../../../../fixtures/numpy/written-arrays.ts";
import { NpyError, openNpz, readNpz, writeNpy, writeNpz } from "./index.ts";

describe("archives", () => {
  it.each([false, true])("give back what was written (compressed: %s)", (compress) => {
    const read = readNpz(writeNpz(arrays, { compress }));
    expect([...read.keys()]).toEqual(Object.keys(arrays));
    for (const [name, { shape, data }] of Object.entries(arrays)) expect(read.get(name)).toMatchObject({ shape, data });
  });

  it("are the bytes that NumPy has read (fixtures/numpy/verify_written.py)", () => {
    const sha256 = createHash("sha256").update(writeNpz(arrays)).digest("hex");
    expect(sha256).toBe("5ce21dcd4f3d6781f873dcfc00bb727e4388a1ef0142c011f01206e656db1318");
  });

  it("pass over what is no array, and name what is there", () => {
    const zip = zipSync({ "a.npy": writeNpy(arrays.codes), "readme.txt": strToU8("hello") });
    expect(openNpz(zip).names).toEqual(["a"]);
    expect(() => openNpz(zip).read("b")).toThrow(new NpyError('there is no array "b"; there are a'));
    expect(() => openNpz(zipSync({})).read("b")).toThrow('there is no array "b"; there are none');
  });

  it("say which array is damaged", () => {
    const zip = zipSync({ "a.npy": writeNpy(arrays.codes).subarray(0, -2) });
    expect(() => openNpz(zip).read("a")).toThrow(/^the array "a": the file is cut short/);
  });

  it("refuse what is no zip, and what expands beyond all use", () => {
    expect(() => openNpz(writeNpy(arrays.codes))).toThrow(/are not a zip file, which a \.npz file is; save one with/);
    // 300 MB of zeros in 300 kB, which no array has: the directory alone gives them away.
    const zip = zipSync({ "a.npy": new Uint8Array(3e6) }, { level: 9 });
    new DataView(zip.buffer).setUint32(zip.length - 22 - 46 - 5 + 24, 3e8, true);
    expect(() => openNpz(zip)).toThrow(/declares 300000000 bytes out of \d+ compressed ones, more than 250 times/);
  });
});
