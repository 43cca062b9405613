/** Advice in plain words, each with its reason, by rules of which each looks for one thing. */
import type { Advice } from "./exploration.ts";

/** Looks for one thing among what was found. */
export type Rule<Findings> = (findings: Findings) => Advice | undefined;

const WEIGHTS: readonly Advice["weight"][] = ["serious", "notable", "hint"];

/** What should be done, the most important first. */
export function advise<Findings>(rules: readonly Rule<Findings>[], findings: Findings): readonly Advice[] {
  const advice = rules.flatMap((rule) => rule(findings) ?? []);
  return advice.toSorted((a, b) => WEIGHTS.indexOf(a.weight) - WEIGHTS.indexOf(b.weight));
}
