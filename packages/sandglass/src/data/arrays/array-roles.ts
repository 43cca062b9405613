/** What arrays are for, by the names that people give them: `x_train`, `val_labels`, `testImages`. */
import type { SplitName } from "../registry.ts";

export type ArrayRole = "samples" | "labels" | "class names";

export interface ArrayMeaning {
  readonly role: ArrayRole;
  /** Undefined where the name says no part. */
  readonly split: SplitName | undefined;
  /** The place of the name among those of its role: the smaller, the likelier it is what is meant. */
  readonly rank: number;
}

const SPLIT_WORDS: ReadonlyMap<string, SplitName> = new Map([
  ["train", "train"],
  ["training", "train"],
  ["val", "validation"],
  ["valid", "validation"],
  ["validation", "validation"],
  ["dev", "validation"],
  ["test", "test"],
  ["testing", "test"],
]);

/** What is left of a name without its part, the likeliest first. */
const ROLE_NAMES: Readonly<Record<ArrayRole, readonly string[]>> = {
  samples: [
    "x",
    "data",
    "image",
    "images",
    "img",
    "imgs",
    "sample",
    "samples",
    "feature",
    "features",
    "input",
    "inputs",
  ],
  labels: ["y", "label", "labels", "target", "targets", "class", "classes"],
  "class names": ["names", "class_names", "label_names", "target_names", "classnames", "categories"],
};

/** What a name means; undefined when it says nothing that is known. */
export function arrayMeaning(name: string): ArrayMeaning | undefined {
  const words = name
    .replaceAll(/([a-z])([A-Z])|([A-Z])(?=[A-Z][a-z])/gu, "$1$3 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u);
  const splits = words.flatMap((word) => SPLIT_WORDS.get(word) ?? []);
  if (splits.length > 1) return undefined;
  const [split] = splits;
  const rest = words.filter((word) => !SPLIT_WORDS.has(word)).join("_");
  // An array called `train` is what one trains on.
  if (rest === "" && split !== undefined) return { role: "samples", split, rank: 0 };
  const role = (Object.keys(ROLE_NAMES) as ArrayRole[]).find((candidate) => ROLE_NAMES[candidate].includes(rest));
  return role && { role, split, rank: ROLE_NAMES[role].indexOf(rest) };
}
