import { describe, expect, it } from "vitest";
import { damagedFiles, readDamaged } from "../testing/damaged-files.ts";
import { CifarError, readCifar, readCifarClassNames } from "./index.ts";

/** A file whose image number i has these labels, and the value i + 100 c + (pixel mod 50) in channel c. */
function fileOf(...labels: readonly (readonly number[])[]): Uint8Array {
  return Uint8Array.from(
    labels.flatMap((bytes, image) => [
      ...bytes,
      ...[0, 1, 2].flatMap((channel) =>
        Array.from({ length: 1024 }, (_, pixel) => image + 100 * channel + (pixel % 50)),
      ),
    ]),
  );
}

describe("reading", () => {
  it("brings planes into pixels, and files one after the other", () => {
    const images = readCifar({ a: fileOf([3], [9]), b: fileOf([0]) });
    expect(images).toMatchObject({ kind: "cifar-10", count: 3, labels: Uint8Array.of(3, 9, 0) });
    expect(images.coarseLabels).toBeUndefined();
    expect(images.values).toHaveLength(3 * 32 * 32 * 3);
    // The second image, row 1, columns 2 and 3: pixels 34 and 35.
    const at = 3072 + 3 * 34;
    expect([...images.values.subarray(at, at + 6)]).toEqual([35, 135, 235, 36, 136, 236]);
    expect([...images.values.subarray(6144, 6147)]).toEqual([0, 100, 200]);
  });

  it("takes the fine labels of CIFAR-100, and keeps the coarse ones", () => {
    const images = readCifar({ a: fileOf([19, 99], [4, 0]) });
    expect(images).toMatchObject({ kind: "cifar-100", count: 2, labels: Uint8Array.of(99, 0) });
    expect(images.coarseLabels).toEqual(Uint8Array.of(19, 4));
    expect([...images.values.subarray(0, 3)]).toEqual([0, 100, 200]);
  });

  it("reads names of classes", () => {
    const file = new TextEncoder().encode("airplane\nautomobile\r\n\n");
    expect(readCifarClassNames(file)).toEqual(["airplane", "automobile"]);
    expect(() => readCifarClassNames(new Uint8Array(3).fill(10))).toThrow(CifarError);
  });
});

describe("refusing", () => {
  it.each<[string, Readonly<Record<string, Uint8Array>>, RegExp]>([
    ["no file", {}, /no file came/],
    ["an empty file", { a: new Uint8Array(0) }, /a has 0 bytes; an image takes 3073 \(CIFAR-10\) or 3074/],
    ["a cut-off file", { a: fileOf([1], [2]).subarray(0, -1) }, /a has 6145 bytes.*cut short/],
    ["an empty second file", { a: fileOf([1]), b: new Uint8Array(0) }, /b has 0 bytes/],
    ["files of two kinds", { a: fileOf([1]), b: fileOf([1, 2]) }, /b has 3074 bytes.*of 3073 bytes \(cifar-10\)/],
    [
      "a label beyond the classes",
      { a: fileOf([1]), b: fileOf([2], [10]) },
      /image 1 of b has the label 10.*has 10 classes/,
    ],
    ["a coarse label beyond the classes", { a: fileOf([20, 5]) }, /label 20, and cifar-100 has 20 classes/],
  ])("%s", (_, files, message) => {
    expect(() => readCifar(files)).toThrow(CifarError);
    expect(() => readCifar(files)).toThrow(message);
  });

  it("damaged files, unless only pixels changed", async () => {
    const file = fileOf([1], [2], [3]);
    const readings = await readDamaged(
      damagedFiles(file, 1000, 1),
      (damaged) => {
        const { count, values } = readCifar({ damaged });
        expect(values).toHaveLength(count * 3072);
      },
      CifarError,
    );
    expect(readings.others).toEqual([]);
    expect(readings.refused).toBeGreaterThan(400);
    expect(readings.read).toBeGreaterThan(400);
  });
});
