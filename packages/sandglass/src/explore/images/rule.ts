import type { Rule as RuleOn } from "../advise.ts";
import type { Findings } from "./findings.ts";

export type Rule = RuleOn<Findings>;
