import { readFileSync } from "node:fs";
import type * as h5wasm from "h5wasm";
import { describe, expect, test } from "vitest";
import { createHdf5 } from "./create-hdf5.ts";
import type { Hdf5Array, Hdf5Group } from "./read-hdf5.ts";
import { readHdf5 } from "./read-hdf5.ts";

const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../../../../fixtures/hdf5/${name}.h5`, import.meta.url)));

function at(group: Hdf5Group, path: string): Hdf5Group | Hdf5Array | undefined {
  const [name = "", ...rest] = path.split("/");
  const child = group.get(name);
  return child?.kind === "group" && rest.length > 0 ? at(child, rest.join("/")) : child;
}

function arrayAt(group: Hdf5Group, path: string): Hdf5Array {
  const found = at(group, path);
  if (found?.kind === "array") return found;
  throw new Error(`no array ${path}`);
}

describe.each(["earliest", "latest"])("a file of h5py's, %s format", (name) => {
  const root = readHdf5(fixture(name));

  test("has its groups, also those of many names", () => {
    expect(root.names.toSorted()).toEqual(["chunked", "packed", "refused", "small", "types", "whole"]);
    const small = root.get("small") as Hdf5Group;
    expect(small.names).toHaveLength(200);
    for (let index = 0; index < 200; index++) {
      const single = arrayAt(small, `layer_${index}`);
      expect(single.shape).toEqual([]);
      expect([...single.read()]).toEqual([index]);
    }
    expect(root.get("Small")).toBeUndefined();
  });

  test("has its attributes: one text or many, short or long", () => {
    expect(root.attribute("note_7")).toEqual(["nöte 7"]);
    expect(root.attribute("note_11")).toEqual(["nöte 11"]);
    expect(root.attribute("fixed")).toEqual(["ab", "cde"]);
    expect(root.attribute("model_config")).toEqual(["long ".repeat(14_000)]);
    const names = (root.get("small") as Hdf5Group).attribute("weight_names");
    expect(names).toEqual(Array.from({ length: 200 }, (_, index) => `layer_${index}`));
    expect([root.attribute("number"), root.attribute("none")]).toEqual([undefined, undefined]);
  });

  test("has numbers of every type", () => {
    const types = { f4: "float32", f8: "float64", i1: "int8", u1: "uint8", i2: "int16", u2: "uint16" };
    for (const [dtype, elementType] of Object.entries({ ...types, i4: "int32", u4: "uint32" })) {
      const array = arrayAt(root, `types/${dtype}`);
      expect(array.elementType).toBe(elementType);
      expect([...array.read()]).toEqual([1, 2, 100]);
    }
    for (const dtype of ["i8", "u8"]) expect([...arrayAt(root, `types/${dtype}`).read()]).toEqual([1n, 2n, 100n]);
    expect(arrayAt(root, "types/f2").elementType).toBe("float16");
    expect([...arrayAt(root, "types/f2").read()]).toEqual([0x3c00, 0x4000, 0x5640]);
  });

  test("has arrays of several axes", () => {
    const expected = Float32Array.from({ length: 7 * 11 * 3 }, (_, index) => index);
    expect(arrayAt(root, "whole").shape).toEqual([7, 11, 3]);
    expect(arrayAt(root, "whole").read()).toEqual(expected);
  });

  test("is not followed to other places, and other types are named", () => {
    expect(() => at(root, "refused/soft")).toThrow('"refused/soft" is a link to another place');
    expect(() => at(root, "refused/elsewhere")).toThrow('"refused/elsewhere" is a link to another place');
    expect(() => arrayAt(root, "refused/big_endian").read()).toThrow("has the element type big-endian float");
    expect(() => arrayAt(root, "refused/flags").read()).toThrow("has the element type enumeration");
    expect(() => arrayAt(root, "refused/never_written").read()).toThrow("was declared and never written");
  });
});

test("chunks of h5py's usual kind are put together, compressed or not; newer kinds are refused", () => {
  const [usual, newest] = [readHdf5(fixture("earliest")), readHdf5(fixture("latest"))];
  const expected = Float32Array.from({ length: 7 * 11 * 3 }, (_, index) => index);
  for (const path of ["chunked", "packed"]) {
    expect(arrayAt(usual, path).read()).toEqual(expected);
    expect(() => arrayAt(newest, path).read()).toThrow(`"${path}" is stored in a way (layout 2, version 4)`);
  }
});

describe("what is no sound file is refused", () => {
  const bytes = fixture("earliest");

  test("no HDF5, or a part of one", () => {
    expect(() => readHdf5(new Uint8Array(1000))).toThrow("file signature not found");
    expect(() => readHdf5(new Uint8Array(0))).toThrow("file signature not found");
    expect(() => readHdf5(bytes.subarray(0, 5000))).toThrow("truncated file: it should have");
  });

  test("groups that hold themselves", async () => {
    const loop = await createHdf5((file) => {
      file.create_group("a").create_hard_link("/a", "again");
    });
    const walk = (group: Hdf5Group): void => group.names.forEach((name) => walk(group.get(name) as Hdf5Group));
    expect(() => walk(readHdf5(loop))).toThrow("nested over 64 deep");
  });

  test("chunks that are larger by far than their array", () => {
    expect(() => arrayAt(readHdf5(bytes), "refused/swollen").read()).toThrow(
      'the chunks [128, 128, 128] of the array "refused/swollen" are too large for its shape',
    );
  });

  test("a header that goes on in itself", () => {
    // The root group's header, version 1, begins where its first message is to be replaced: type 0x10, size 16.
    const damaged = bytes.slice();
    const view = new DataView(damaged.buffer);
    const header = Number(view.getBigUint64(64, true));
    view.setUint16(header + 16, 0x10, true);
    view.setUint16(header + 18, 16, true);
    view.setBigUint64(header + 24, BigInt(header + 16), true);
    view.setBigUint64(header + 32, BigInt(view.getUint32(header + 8, true)), true);
    expect(() => readHdf5(damaged)).toThrow("a structure that refers to itself");
  });

  test("arrays that declare more together than the file has", async () => {
    const root = readHdf5(
      await createHdf5((file) => {
        file.create_dataset({ name: "a", data: new Float32Array(5000) });
        for (let link = 0; link < 5; link++) file.create_hard_link("/a", `b${link}`);
      }),
    );
    expect(arrayAt(root, "a").read()).toHaveLength(5000);
    expect(() => arrayAt(root, "b0").read()).toThrow(
      'the array "b0" declares 20000 bytes by its shape [5000], more than the file can hold',
    );
  });

  test("chunked arrays, which take no room until they are written and can claim any size", async () => {
    const root = readHdf5(
      await createHdf5((file) => {
        file.create_dataset({ name: "bomb", data: Float32Array.of(1), shape: [1], maxshape: [null], chunks: [1] });
        (file.get("bomb") as h5wasm.Dataset).resize([1e9]);
      }),
    );
    expect(() => arrayAt(root, "bomb").read()).toThrow("declares 4000000000 bytes");
  });
});
