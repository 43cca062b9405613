import type { Advice } from "../exploration.ts";
import type { Findings } from "./findings.ts";

/** Looks for one thing. */
export type Rule = (findings: Findings) => Advice | undefined;
