/** To add advice, write a rule and put it in the list of its file. */
import { adviceOnColumns } from "./advise-columns.ts";
import { adviceOnNumbers } from "./advise-numbers.ts";
import { adviceOnRows } from "./advise-rows.ts";
import type { Rule } from "./rule.ts";

export const RULES: readonly Rule[] = [...adviceOnRows, ...adviceOnColumns, ...adviceOnNumbers];
