import { dataset } from "@sandglass/core";
import { expect, test } from "vitest";
import { epochValidation, validatedPerEpoch } from "./epoch-validation.ts";

const labels = Uint8Array.from({ length: 1500 }, (_, sample) => sample % 3);
const held = dataset("held", [1], Uint8Array.from(labels), { labels });

test("epochs of few labels are measured on a part, unless patience decides by the whole", () => {
  expect(validatedPerEpoch(held, { labelsPerClass: 10 })).toBe(1000);
  expect(validatedPerEpoch(held, { labelsPerClass: 10, patience: 3 })).toBeUndefined();
  expect(validatedPerEpoch(held, {})).toBeUndefined();
  expect(validatedPerEpoch({ count: 1000 }, { labelsPerClass: 10 })).toBeUndefined();
  expect(validatedPerEpoch(undefined, { labelsPerClass: 10 })).toBeUndefined();
});

test("the part is drawn by the seed, with its labels", () => {
  const part = epochValidation(held, { validatedPerEpoch: 1000, seed: 3 });
  expect(part?.count).toBe(1000);
  // Each value is its sample's label.
  expect(Array.from(part!.labels!)).toEqual(Array.from((part as typeof held).values));
  expect(epochValidation(held, { validatedPerEpoch: 1000, seed: 3 })?.labels).toEqual(part?.labels);
  expect(epochValidation(held, { validatedPerEpoch: 1000, seed: 4 })?.labels).not.toEqual(part?.labels);
  expect(epochValidation(held, { seed: 3 })).toBe(held);
});
