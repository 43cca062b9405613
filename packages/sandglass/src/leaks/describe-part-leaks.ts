/** Leaks between parts in plain words: sentences without a full stop. */
import { counted, type Warning } from "@sandglass/core";
import { formatCount, formatShare } from "../text/number-format.ts";
import type { PartLeaks, SharedSamples } from "./part-leaks.ts";

/** How many samples a sentence names. */
export const NAMED = 3;

/** `2 images of test are also in train (1 by their looks, the others to the byte): test/a is train/a, test/b is train/b` */
export function describeShared({ from, to, count, byLook, named }: SharedSamples, unit: PartLeaks["unit"]): string {
  const names = named.map(([sample, twin]) => `${sample} is ${twin}`).join(", ");
  const left = count - named.length;
  const where = `of ${to} ${count === 1 ? "is" : "are"} also in ${from}${describeLooks(byLook, count)}`;
  return `${counted(count, unit)} ${where}: ${names}${left > 0 ? ` and ${formatCount(left)} more` : ""}`;
}

/** Only what is not certain needs a word. */
export function describeLooks(byLook: number, count: number): string {
  if (byLook === 0) return "";
  return byLook === count ? " (by their looks)" : ` (${formatCount(byLook)} by their looks, the others to the byte)`;
}

/** How it was looked for: `5,856 images, by their bytes and what they look like`. */
function describeComparison({ unit, compared, by, share }: PartLeaks): string {
  const part = share === 1 ? "" : ` (${formatShare(share)} of all different contents)`;
  const total = Object.values(compared).reduce((sum, count) => sum + count, 0);
  return `${counted(total, unit)}${part}, ${BY[by]}`;
}

const BY = {
  bytes: "by the bytes of their files",
  "bytes and looks": "by the bytes of their files and what they look like",
  values: "by the values that the model sees",
} as const satisfies Readonly<Record<PartLeaks["by"], string>>;

/**
 * What the user should know where parts share samples, and what to do about it; nothing where they do not.
 *
 * @param heldBack whether the samples to validate with were held back of those to train on, which can be done in another way.
 */
export function leakNotes(leaks: PartLeaks | undefined, heldBack: boolean): readonly string[] {
  if (leaks === undefined || leaks.shared.length === 0) return [];
  const { unit, shared } = leaks;
  const remedies = [
    ...(heldBack && shared.some(({ to }) => to === "validation") ? [AGAINST_HELD_BACK[unit]] : []),
    ...(shared.some(({ to }) => !heldBack || to === "test") ? ["take them out of one of the parts"] : []),
  ];
  const subject = unit === "row" ? "where they are one thing entered twice, figures" : "figures";
  return [
    ...shared.map((one) => describeShared(one, unit)),
    `${subject} on such ${unit}s are too good: ${remedies.join(", and ")} (compared: ${describeComparison(leaks)})`,
  ];
}

const AGAINST_HELD_BACK = {
  image: "remove the copies, or keep in one part what belongs together with --group",
  row: "remove the copies, or keep in one part what belongs together with --group COLUMN",
  sample: "remove the copies",
} as const satisfies Readonly<Record<PartLeaks["unit"], string>>;

/** From this share of a part on, samples that are known flatter its figures by more than chance does. */
const MANY = 0.01;

/** What must not be overlooked in a report: that many samples which a model is judged by are known to it. */
export function leakWarnings(leaks: PartLeaks | undefined, heldBack: boolean): readonly Warning[] {
  if (leaks === undefined) return [];
  const many = leaks.shared.filter(({ to, count }) => count >= MANY * (leaks.compared[to] ?? 0));
  if (many.length === 0) return [];
  const lines = leakNotes({ ...leaks, shared: many }, heldBack).map(
    (line) => `${line.charAt(0).toUpperCase()}${line.slice(1)}.`,
  );
  return [{ title: "The same samples are in several parts of the data.", text: lines.join(" ") }];
}
