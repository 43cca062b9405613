import { expect, test } from "vitest";
import { missingClassNotes } from "./missing-class-notes.ts";

test("parts with the same classes need no word", () => {
  expect(missingClassNotes([0, 1, 1, 0], Uint8Array.of(1, 0))).toEqual([]);
});

test("classes that one part has none of are named", () => {
  expect(missingClassNotes(["cat", "dog", "emu"], ["dog"])).toEqual([
    "no sample to validate with is of the classes cat, emu; what is measured says nothing of such samples",
  ]);
  expect(missingClassNotes([0], [0, 1], (label) => ["shirt", "coat"][Number(label)]!)).toEqual([
    "no sample to train on is of the class coat, which samples to validate with are of",
  ]);
});

test("of many classes a few are named, in the order of their numbers", () => {
  const [note] = missingClassNotes([10, 9, 8, 7, 6, 5, 4, 3], [10]);
  expect(note).toMatch(/^no sample to validate with is of 7 classes \(3, 4, 5, 6, 7 and 2 more\);/u);
});
