/** Advice in plain words, each with its reason. To add some, write a rule and put it in a list. */
import type { Advice } from "../exploration.ts";
import { adviceOnColumns } from "./advise-columns.ts";
import { adviceOnNumbers } from "./advise-numbers.ts";
import { adviceOnRows } from "./advise-rows.ts";
import type { TableFindings } from "./findings.ts";
import type { Rule } from "./rule.ts";

const RULES: readonly Rule[] = [...adviceOnRows, ...adviceOnColumns, ...adviceOnNumbers];
const WEIGHTS: readonly Advice["weight"][] = ["serious", "notable", "hint"];

/** What should be done, the most important first. */
export function advise(findings: TableFindings): readonly Advice[] {
  const advice = RULES.flatMap((rule) => rule(findings) ?? []);
  return advice.toSorted((a, b) => WEIGHTS.indexOf(a.weight) - WEIGHTS.indexOf(b.weight));
}
