import type { Rule as RuleOn } from "../advise.ts";
import type { TableFindings } from "./findings.ts";

export type Rule = RuleOn<TableFindings>;
