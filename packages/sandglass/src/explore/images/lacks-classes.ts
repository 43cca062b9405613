import type { Dataset } from "@sandglass/core";

/** So many samples of a class are not missing from a random tenth: 0.9¹⁰⁰ is 1 in 40,000. */
const ENOUGH = 100;

/** Whether the last tenth, which is held back, lacks a class of which there are enough for one to be there. */
export function lacksClasses(labels: Dataset["labels"]): boolean {
  if (labels === undefined) return false;
  const held = new Set(labels.subarray(Math.floor(0.9 * labels.length)));
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].some(([label, count]) => count >= ENOUGH && !held.has(label));
}
