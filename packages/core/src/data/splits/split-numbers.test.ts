import { describe, expect, it, test } from "vitest";
import { DatasetError } from "../dataset.ts";
import { RandomStream } from "../random-stream.ts";
import { splitNumbers, type NumberSplit } from "./index.ts";

const sizes = ({ training, validation, test: tests }: NumberSplit): (number | undefined)[] => [
  training.length,
  validation.length,
  tests?.length,
];

/** `counts[c]` samples of class c, one class after the other. */
const labelsOf = (counts: readonly number[]): Uint16Array =>
  Uint16Array.from(counts.flatMap((count, label) => new Array<number>(count).fill(label)));

const countLabels = (labels: ArrayLike<number>, numbers: Uint32Array, classes: number): number[] => {
  const counts = new Array<number>(classes).fill(0);
  for (const number of numbers) counts[labels[number] as number] = (counts[labels[number] as number] as number) + 1;
  return counts;
};

/** Every sample is in one part, and parts are in ascending order. */
function expectPartition(split: NumberSplit, count: number): void {
  for (const part of [split.training, split.validation, split.test ?? Uint32Array.of()]) {
    expect(part).toEqual(part.toSorted());
  }
  const all = [...split.training, ...split.validation, ...(split.test ?? [])].toSorted((a, b) => a - b);
  expect(all).toEqual(Array.from({ length: count }, (_, index) => index));
}

describe("sizes", () => {
  test.for([
    [{ validation: 0.2 }, [80, 20, undefined]],
    [{ validation: 13, test: 7 }, [80, 13, 7]],
    [{ validation: 0.1, test: 0.2 }, [70, 10, 20]],
    [{ validation: 0.001 }, [99, 1, undefined]],
    // 100 · 0.07 is 7.000000000000001 in binary.
    [{ validation: 0.07 }, [93, 7, undefined]],
    [{ validation: 0.201 }, [79, 21, undefined]],
    [{ validation: 99 }, [1, 99, undefined]],
  ] as const)("%o of 100", ([held, expected]) => {
    const split = splitNumbers(100, { ...held, seed: 1 });
    expect(sizes(split)).toEqual(expected);
    expectPartition(split, 100);
    expect(split.missingClasses).toBeUndefined();
  });

  it.each<[string, () => unknown, RegExp]>([
    ["NaN", () => splitNumbers(10, { validation: NaN, seed: 0 }), /NaN came as the part to hold back for validation/],
    ["nothing", () => splitNumbers(10, { validation: 0, seed: 0 }), /0 came .* share above 0 and below 1, or a whole/],
    ["half a sample", () => splitNumbers(10, { validation: 1, test: 1.5, seed: 0 }), /1.5 came .* for test/],
    [
      "all",
      () => splitNumbers(10, { validation: 10, seed: 0 }),
      /10 samples, and holding back 10 for validation leaves/,
    ],
    [
      "more",
      () => splitNumbers(9, { validation: 0.5, test: 0.5, seed: 0 }),
      /5 for validation and 5 to test leaves none/,
    ],
    ["no samples", () => splitNumbers(0, { validation: 0.5, seed: 0 }), /0 came as the number of samples/],
    [
      "labels of others",
      () => splitNumbers(10, { validation: 2, seed: 0, labels: [1, 2] }),
      /10 samples and 2 labels; there must be one a sample/,
    ],
    [
      "groups that are NaN",
      () => splitNumbers(2, { validation: 1, seed: 0, groups: [1, NaN] }),
      /sample 1 has NaN among the groups/,
    ],
  ])("refuses %s", (_, make, message) => {
    expect(make).toThrow(DatasetError);
    expect(make).toThrow(message);
  });
});

test("the seed decides", () => {
  const split = splitNumbers(50, { validation: 10, seed: 7 });
  expect(splitNumbers(50, { validation: 10, seed: 7 })).toEqual(split);
  expect(splitNumbers(50, { validation: 10, seed: 8 }).validation).not.toEqual(split.validation);
});

test("every sample is held back equally often", () => {
  const times = new Array<number>(10).fill(0);
  for (let seed = 0; seed < 2000; seed++) {
    for (const number of splitNumbers(10, { validation: 3, seed }).validation) times[number] = (times[number] ?? 0) + 1;
  }
  // Standard deviation of a count: √(2000 · 0.3 · 0.7) = 20.
  for (const count of times) expect(Math.abs(count - 600)).toBeLessThan(90);
});

describe("with labels", () => {
  // scikit-learn 1.9: StratifiedShuffleSplit(test_size=…).split on labels with these counts (none of them is a tie).
  test.for([
    [[50, 30, 20], 0.2, [10, 6, 4]],
    [[700, 1341], 0.15, [105, 202]],
    [[97, 42, 13, 5], 0.25, [25, 11, 3, 1]],
    [[1000, 700, 4, 3], 0.1, [100, 70, 1, 0]],
    [[9, 8, 7, 3], 7, [2, 2, 2, 1]],
    [[500, 3, 2], 0.1, [51, 0, 0]],
  ] as const)("%o, %d held back", ([counts, validation, expected]) => {
    const labels = labelsOf(counts);
    const split = splitNumbers(labels.length, { validation, seed: 3, labels });
    expect(countLabels(labels, split.validation, counts.length)).toEqual(expected);
    expectPartition(split, labels.length);
  });

  it("has the classes in proportion in all three parts", () => {
    const labels = labelsOf([600, 300, 100]);
    const split = splitNumbers(1000, { validation: 0.1, test: 0.2, seed: 5, labels });
    expect(countLabels(labels, split.validation, 3)).toEqual([60, 30, 10]);
    expect(countLabels(labels, split.test as Uint32Array, 3)).toEqual([120, 60, 20]);
    expect(countLabels(labels, split.training, 3)).toEqual([420, 210, 70]);
    expect(split.missingClasses).toEqual({ training: [], validation: [], test: [] });
  });

  it("trains on the only sample of a class, and names it", () => {
    const labels = ["cat", "cat", "lynx", "cat", "cat", "dog", "dog", "puma", "dog", "dog"];
    for (let seed = 0; seed < 50; seed++) {
      const split = splitNumbers(10, { validation: 4, seed, labels });
      expect([...split.training]).toEqual(expect.arrayContaining([2, 7]));
      expect(split.missingClasses).toEqual({ training: [], validation: ["lynx", "puma"] });
    }
  });

  it("gives equal remainders to any class", () => {
    // Ten classes of two, five samples to hold back: each class is owed half a sample.
    const labels = labelsOf(new Array<number>(10).fill(2));
    const times = new Array<number>(10).fill(0);
    for (let seed = 0; seed < 400; seed++) {
      const { validation } = splitNumbers(20, { validation: 5, seed, labels });
      for (const [label, count] of countLabels(labels, validation, 10).entries()) {
        expect(count).toBeLessThanOrEqual(1);
        times[label] = (times[label] as number) + count;
      }
    }
    // Standard deviation of a count: √(400 / 4) = 10.
    for (const count of times) expect(Math.abs(count - 200)).toBeLessThan(50);
  });

  it("refuses classes that are too small for the parts", () => {
    expect(() => splitNumbers(6, { validation: 3, seed: 0, labels: [0, 1, 2, 3, 4, 4] })).toThrow(
      /5 classes came, and 2 of the 6 samples are of a class that has two or more; 3 are to be held back/,
    );
  });
});

/** Groups of random sizes; samples of a group lie scattered. */
function scattered(groupSizes: readonly number[], seed: number): Uint32Array {
  const groups = Uint32Array.from(groupSizes.flatMap((size, group) => new Array<number>(size).fill(group)));
  new RandomStream(seed).shuffle(groups);
  return groups;
}

function expectWholeGroups({ training, validation, test: tests }: NumberSplit, groups: ArrayLike<unknown>): void {
  const homes = new Map<unknown, number>();
  for (const [part, numbers] of [training, validation, tests ?? Uint32Array.of()].entries()) {
    for (const number of numbers) {
      const group = groups[number];
      expect(homes.get(group) ?? part).toBe(part);
      homes.set(group, part);
    }
  }
}

describe("with groups", () => {
  it("tears none apart, and comes near to the sizes", () => {
    const random = new RandomStream(11);
    for (let seed = 0; seed < 20; seed++) {
      const groups = scattered(
        Array.from({ length: 60 }, () => 1 + random.integer(30)),
        seed,
      );
      const split = splitNumbers(groups.length, { validation: 0.15, test: 0.25, seed, groups });
      expectPartition(split, groups.length);
      expectWholeGroups(split, groups);
      // There are small groups to even things out with.
      expect(Math.abs(split.validation.length - split.asked.validation)).toBeLessThanOrEqual(2);
      expect(Math.abs((split.test?.length ?? 0) - (split.asked.test ?? 0))).toBeLessThanOrEqual(2);
    }
  });

  it("is as near as the best of all splits, or nearly so", () => {
    for (let seed = 0; seed < 20; seed++) {
      const random = new RandomStream(seed, 1);
      const groupSizes = Array.from({ length: 10 }, () => 5 + random.integer(60));
      const groups = scattered(groupSizes, seed);
      const { validation, asked } = splitNumbers(groups.length, { validation: 0.3, seed, groups });
      let best = Infinity;
      for (let subset = 1; subset < 2 ** 10 - 1; subset++) {
        const held = groupSizes.reduce((sum, size, group) => sum + ((subset >> group) & 1 ? size : 0), 0);
        best = Math.min(best, Math.abs(held - asked.validation));
      }
      expect(Math.abs(validation.length - asked.validation)).toBeLessThanOrEqual(best + 3);
    }
  });

  it("gives all parts large and small groups", () => {
    const groups = scattered([...new Array<number>(50).fill(20), ...new Array<number>(500).fill(2)], 4);
    const split = splitNumbers(groups.length, { validation: 0.2, seed: 1, groups });
    const large = split.validation.filter((number) => (groups[number] as number) < 50).length / 20;
    expect(large).toBeGreaterThanOrEqual(5);
    expect(large).toBeLessThanOrEqual(16);
  });

  it("says what came of what was asked for", () => {
    const split = splitNumbers(9, { validation: 0.1, seed: 0, groups: ["a", "a", "a", "b", "b", "b", "c", "c", "c"] });
    expect(split.asked).toEqual({ training: 8, validation: 1 });
    expect(sizes(split)).toEqual([6, 3, undefined]);
  });

  it("depends on the seed", () => {
    const groups = Array.from({ length: 40 }, (_, sample) => `patient ${sample % 20}`);
    const split = (seed: number): NumberSplit => splitNumbers(40, { validation: 0.25, seed, groups });
    expect(split(1)).toEqual(split(1));
    expect(split(1).validation).not.toEqual(split(2).validation);
    expect(split(1).validation.length).toBe(10);
  });

  it("fills every part, even of groups that are too large", () => {
    for (let seed = 0; seed < 30; seed++) {
      const groups = labelsOf([1000, 10, 10]);
      const split = splitNumbers(1020, { validation: 0.3, test: 0.3, seed, groups });
      expectWholeGroups(split, groups);
      expect(sizes(split).toSorted((a, b) => (a ?? 0) - (b ?? 0))).toEqual([10, 10, 1000]);
    }
  });

  it("refuses fewer groups than parts", () => {
    expect(() => splitNumbers(9, { validation: 3, test: 3, seed: 0, groups: [1, 1, 1, 1, 1, 2, 2, 2, 2] })).toThrow(
      /2 groups came for 3 parts, and groups stay whole/,
    );
    expect(() => splitNumbers(2, { validation: 1, seed: 0, groups: ["a", "a"] })).toThrow(/1 group came for 2 parts/);
  });

  it("has the classes in proportion too", () => {
    const random = new RandomStream(3);
    // 100 patients with one to nine pictures, of one class each; three in ten are ill.
    const patients = Array.from({ length: 100 }, () => ({ pictures: 1 + random.integer(9), ill: random.chance(0.3) }));
    const groups = Uint32Array.from(patients.flatMap(({ pictures }, group) => new Array<number>(pictures).fill(group)));
    const labels = Array.from(groups, (group) => (patients[group]?.ill ? "ill" : "well"));
    const split = splitNumbers(groups.length, { validation: 0.2, seed: 2, labels, groups });
    expectWholeGroups(split, groups);
    const ill = (numbers: Uint32Array): number => numbers.filter((number) => labels[number] === "ill").length;
    const all = labels.filter((label) => label === "ill").length;
    expect(Math.abs(split.validation.length - split.asked.validation)).toBeLessThanOrEqual(2);
    expect(Math.abs(ill(split.validation) - 0.2 * all)).toBeLessThanOrEqual(2);
    expect(split.missingClasses).toEqual({ training: [], validation: [] });
  });

  it("splits groups of several classes", () => {
    // Each of 30 places has seen each of three classes twice, one place a class of its own.
    const groups = Array.from({ length: 180 }, (_, sample) => Math.floor(sample / 6));
    const labels = Array.from({ length: 180 }, (_, sample) => (sample < 6 ? 9 : sample % 3));
    const split = splitNumbers(180, { validation: 0.2, test: 0.1, seed: 6, labels, groups });
    expectWholeGroups(split, groups);
    expect(sizes(split)).toEqual([126, 36, 18]);
    expect(split.missingClasses).toEqual({ training: [], validation: [9], test: [9] });
  });
});

test("a million samples in 250,000 groups are split", () => {
  const groups = Uint32Array.from({ length: 1_000_000 }, (_, sample) => sample >> 2);
  const labels = Uint8Array.from(groups, (group) => group % 7);
  const split = splitNumbers(1_000_000, { validation: 0.1, seed: 1, labels, groups });
  // Each of the seven classes is off by half a group at most.
  expect(Math.abs(split.validation.length - 100_000)).toBeLessThanOrEqual(14);
});
