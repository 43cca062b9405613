/** To add advice, write a rule and put it in the list of its file. */
import { adviceOnFiles } from "./advise-files.ts";
import { adviceOnParts } from "./advise-parts.ts";
import { adviceOnPictures } from "./advise-pictures.ts";
import type { Rule } from "./rule.ts";

export const RULES: readonly Rule[] = [...adviceOnParts, ...adviceOnFiles, ...adviceOnPictures];
