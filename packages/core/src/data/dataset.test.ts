import { describe, expect, it } from "vitest";
import { dataset, DatasetError, rows, select, split } from "./index.ts";

/** Ten samples of two values: sample i holds 10i and 10i + 1, and has label i % 3. */
const ten = dataset(
  "ten",
  [2],
  Uint8Array.from({ length: 20 }, (_, index) => Math.floor(index / 2) * 10 + (index % 2)),
  { labels: Uint8Array.from({ length: 10 }, (_, index) => index % 3), classNames: ["a", "b", "c"] },
);

describe("dataset", () => {
  it("counts samples and scales bytes to 0 … 1", () => {
    const images = new Uint8Array(3 * 28 * 28);
    const made = dataset("three", [28, 28, 1], images);
    expect(made).toEqual({ name: "three", shape: [28, 28, 1], values: images, scale: 1 / 255, count: 3 });
    expect(made.values).toBe(images);
    expect(dataset("floats", [2], Float32Array.of(1, 2, 3, 4)).scale).toBe(1);
    expect(dataset("floats", [2], Float32Array.of(1, 2), { scale: 0.5 }).scale).toBe(0.5);
  });

  it.each<[string, () => unknown, RegExp]>([
    [
      "no samples",
      () => dataset("d", [2], new Uint8Array(0)),
      /d has no samples; at least one of shape \[2\] is needed/,
    ],
    ["half a sample", () => dataset("d", [2, 2], new Uint8Array(6)), /6 values came.*multiple of the 4.*\[2, 2\]/],
    ["a shape without sizes", () => dataset("d", [], new Uint8Array(6)), /whole numbers of 1 and more; \[\] came/],
    ["a size of zero", () => dataset("d", [2, 0], new Uint8Array(6)), /\[2, 0\] came/],
    ["NaN", () => dataset("d", [2], Float32Array.of(0, 1, 2, NaN)), /sample 1 has NaN at its value 1/],
    ["infinity", () => dataset("d", [2], Float32Array.of(-Infinity, 1)), /sample 0 has -Infinity at its value 0/],
    [
      "too few labels",
      () => dataset("d", [2], new Uint8Array(6), { labels: new Uint8Array(2) }),
      /3 samples and 2 labels/,
    ],
    [
      "a label without a class",
      () => dataset("d", [1], new Uint8Array(2), { labels: Uint8Array.of(0, 2), classNames: ["a", "b"] }),
      /label of sample 1 is 2, and there are 2 classes \(0 to 1\)/,
    ],
    [
      "targets of another size",
      () => dataset("d", [2], new Uint8Array(6), { targets: new Uint8Array(4) }),
      /3 samples of 2 values each, and targets of 4 values; there must be a target of the same shape for each sample/,
    ],
    [
      "targets of another kind",
      () => dataset("d", [2], new Uint8Array(6), { targets: new Float32Array(6) }),
      /samples as Uint8Array and targets as Float32Array, and one scale for both/,
    ],
    [
      "a target that is NaN",
      () => dataset("d", [1], new Float32Array(2), { targets: Float32Array.of(0, NaN) }),
      /the target of sample 1 has NaN/,
    ],
    ["a scale of zero", () => dataset("d", [1], new Uint8Array(2), { scale: 0 }), /other than 0; 0 came/],
  ])("refuses %s", (_, make, message) => {
    expect(make).toThrow(DatasetError);
    expect(make).toThrow(message);
  });
});

describe("rows", () => {
  it("views some samples with their labels", () => {
    const some = rows(ten, 3, 5);
    expect(some).toEqual({ ...ten, values: Uint8Array.of(30, 31, 40, 41), labels: Uint8Array.of(0, 1), count: 2 });
    expect(some.values.buffer).toBe(ten.values.buffer);
    expect([...rows(some, 1, 2).values]).toEqual([40, 41]);
  });

  it("refuses samples that are not there", () => {
    for (const [from, to] of [
      [-1, 2],
      [0, 11],
      [4, 4],
      [0.5, 2],
    ] as const) {
      expect(() => rows(ten, from, to)).toThrow(`ten has samples 0 to 9; rows from ${from} to ${to} were asked for`);
    }
  });
});

describe("split", () => {
  it("holds back the last samples, without copying", () => {
    const { training, validation } = split(ten, { validation: 3 });
    expect([training.count, validation.count]).toEqual([7, 3]);
    expect([...validation.values]).toEqual([70, 71, 80, 81, 90, 91]);
    expect([...(validation.labels ?? [])]).toEqual([1, 2, 0]);
    expect(training.values.buffer).toBe(ten.values.buffer);
    expect(validation.values.buffer).toBe(ten.values.buffer);
  });

  it("takes a share, rounded as Keras does", () => {
    expect(split(ten, { validation: 0.2 }).validation.count).toBe(2);
    // floor(10 · 0.75) = 7 to train on.
    expect(split(ten, { validation: 0.25 }).validation.count).toBe(3);
  });

  it("shuffles samples and labels together when a seed is given", () => {
    const { training, validation } = split(ten, { validation: 4, seed: 1 });
    const all = [training, validation].flatMap(({ values: images, labels, count }) =>
      Array.from({ length: count }, (_, index) => [images[2 * index], images[2 * index + 1], labels?.[index]]),
    );
    expect(all).not.toEqual(Array.from({ length: 10 }, (_, index) => [10 * index, 10 * index + 1, index % 3]));
    const sorted = all.toSorted((one, other) => (one[0] ?? 0) - (other[0] ?? 0));
    expect(sorted).toEqual(Array.from({ length: 10 }, (_, index) => [10 * index, 10 * index + 1, index % 3]));
    expect(split(ten, { validation: 4, seed: 1 }).validation).toEqual(validation);
    expect(split(ten, { validation: 4, seed: 2 }).validation).not.toEqual(validation);
  });

  it("keeps floats as floats", () => {
    const floats = dataset("floats", [1], Float32Array.of(0.5, 1.5, 2.5));
    expect(split(floats, { validation: 1, seed: 3 }).training.values).toBeInstanceOf(Float32Array);
  });

  it("holds back at least one sample of a small share", () => {
    expect(split(ten, { validation: 0.001 }).validation.count).toBe(1);
    expect(split(ten, { validation: 1 }).validation.count).toBe(1);
  });

  it("does not split a single sample", () => {
    expect(() => split(dataset("one", [2], Uint8Array.of(1, 2)), { validation: 0.1 })).toThrow(
      /one has 1 sample, which cannot be split.*hold none back/,
    );
  });

  it.each([0, -1, 10, 11, 1.5, 0.95, NaN])("refuses to hold back %s of ten samples", (validation) => {
    expect(() => split(ten, { validation })).toThrow(/ten has 10 samples, and .* whole number from 1 to 9/);
  });
});

describe("select", () => {
  it("takes samples in the order of their numbers, with their labels", () => {
    const some = select(ten, Uint32Array.of(7, 2, 7));
    expect(some).toEqual({
      ...ten,
      count: 3,
      values: Uint8Array.of(70, 71, 20, 21, 70, 71),
      labels: Uint8Array.of(1, 2, 1),
    });
    const many = dataset("many", [1], Float32Array.of(1, 2, 3), { labels: Uint16Array.of(5, 300, 7) });
    expect(select(many, Uint32Array.of(1)).labels).toEqual(Uint16Array.of(300));
  });

  it("refuses numbers of no sample, and none at all", () => {
    expect(() => select(ten, Uint32Array.of(3, 10))).toThrow(/ten has samples 0 to 9; sample 10 was asked for/);
    expect(() => select(ten, Uint32Array.of())).toThrow(/none was asked for/);
  });
});
