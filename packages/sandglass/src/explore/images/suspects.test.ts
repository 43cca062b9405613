// A planted outlier and a planted wrong label are found among pictures that are made.
import { dataset, Device } from "@sandglass/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findLabelDoubts } from "./label-doubts.ts";
import { findOutliers } from "../outliers.ts";
import { principalCodes } from "./principal-codes.ts";
import { smallRows } from "./small-rows.ts";
import { madeValues, oddValues, SIDE } from "./testing/made-pictures.ts";

let device: Device;
beforeAll(async () => {
  device = await Device.create({ threads: 1 });
});
afterAll(() => device.dispose());

const codesOf = (pictures: readonly Uint8Array[]): ReturnType<typeof principalCodes> =>
  principalCodes(
    smallRows(dataset("made", [SIDE, SIDE, 1], Uint8Array.from(pictures.flatMap((values) => [...values])))),
    { seed: 0, device, signal: new AbortController().signal },
  );

/** 60 of each class, in turn. */
const made = Array.from({ length: 120 }, (_, number) => madeValues((number % 2) as 0 | 1, number));
const labels = Array.from(made.keys(), (number) => number % 2);

describe("outliers", () => {
  test("a planted one is the worst, and far", async () => {
    const principal = (await codesOf(made.with(33, oddValues())))!;
    const { worst, far } = findOutliers(principal.errors, 3);
    expect(far).toBe(1);
    expect(worst).toHaveLength(3);
    expect(worst[0]).toMatchObject({ sample: 33, error: principal.errors[33] });
    expect(worst[0]!.distance).toBeGreaterThan(2 * worst[1]!.distance);
  });

  test("without one none is far", async () => {
    const principal = (await codesOf(made))!;
    expect(findOutliers(principal.errors, 3).far).toBe(0);
  });

  test("nothing is said of few samples, nor of samples that are all the same", async () => {
    expect(await codesOf(made.slice(0, 10))).toBeUndefined();
    expect(await codesOf(made.map(() => made[0]!))).toBeUndefined();
  });

  test("errors that are all the same have no outliers", () => {
    expect(findOutliers(new Float32Array(30).fill(2), 2)).toEqual({
      worst: [
        { sample: 0, error: 2, distance: 0 },
        { sample: 1, error: 2, distance: 0 },
      ],
      far: 0,
    });
  });
});

describe("doubtful labels", () => {
  test("a planted one is found, and no other", async () => {
    const { codes, size } = (await codesOf(made))!;
    const found = findLabelDoubts(codes, size, labels.with(41, 0))!;
    expect(found).toMatchObject({ compared: 120, chance: 0.5, isTelling: true });
    expect(found.agreement).toBeGreaterThan(0.95);
    expect(found.doubts).toEqual([{ sample: 41, label: 0, suggested: 1, votes: 1 }]);
  });

  test("samples without a label are not compared", async () => {
    const { codes, size } = (await codesOf(made))!;
    const some = labels.map((label, number) => (number < 40 ? undefined : label)).with(41, 0);
    expect(findLabelDoubts(codes, size, some)).toMatchObject({ compared: 80, doubts: [{ sample: 41 }] });
  });

  test("labels that have nothing to do with the pictures are not doubted", async () => {
    const { codes, size } = (await codesOf(made))!;
    const any = labels.map((_, number) => Math.floor(number / 2) % 2);
    expect(findLabelDoubts(codes, size, any)).toMatchObject({ isTelling: false, doubts: [] });
  });

  test("one class alone tells nothing", async () => {
    const { codes, size } = (await codesOf(made))!;
    expect(
      findLabelDoubts(
        codes,
        size,
        labels.map(() => 0),
      ),
    ).toBeUndefined();
  });
});
