import type { Advice } from "../exploration.ts";
import type { TableFindings } from "./findings.ts";

/** Looks for one thing. */
export type Rule = (findings: TableFindings) => Advice | undefined;
