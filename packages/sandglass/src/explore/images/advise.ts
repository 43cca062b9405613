/** Advice in plain words, each with its reason. To add some, write a rule and put it in the list. */
import type { Advice } from "../exploration.ts";
import { adviceOnFiles } from "./advise-files.ts";
import { adviceOnParts } from "./advise-parts.ts";
import { adviceOnPictures } from "./advise-pictures.ts";
import type { Findings } from "./findings.ts";
import type { Rule } from "./rule.ts";

const RULES: readonly Rule[] = [...adviceOnParts, ...adviceOnFiles, ...adviceOnPictures];
const WEIGHTS: readonly Advice["weight"][] = ["serious", "notable", "hint"];

/** What should be done, the most important first. */
export function advise(findings: Findings): readonly Advice[] {
  const advice = RULES.flatMap((rule) => rule(findings) ?? []);
  return advice.toSorted((a, b) => WEIGHTS.indexOf(a.weight) - WEIGHTS.indexOf(b.weight));
}
