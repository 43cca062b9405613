/** Which images are trained on, and which are held back to validate with. */
import { randomPart, splitNumbers } from "@sandglass/core";
import { MissingPartError, UserError } from "../../errors.ts";
import type { ImageCollection, ImageEntry } from "../../images/find/index.ts";
import { formatCount } from "../../text/number-format.ts";
import { checkSplitRules, refuseSplitRules } from "../check-split-rules.ts";
import { missingClassNotes } from "../missing-class-notes.ts";
import type { DataChoices, Half, PreparedData, TrainingRequest } from "../source-kind.ts";
import { groupsOf } from "./name-groups.ts";

export interface ImageParts {
  readonly training: readonly ImageEntry[];
  readonly validation: readonly ImageEntry[] | undefined;
  readonly validatedWith: PreparedData["validatedWith"];
  readonly notes: readonly string[];
}

/** The part that is held back unless the user says otherwise. */
const HELD_BACK = 0.1;

/** Fewer images than that tell little, unless no more would be held back. */
const FEWEST = 50;

/**
 * Divides images as the user asked, or as their folders do; without either, a tenth is held back, of each class as much.
 *
 * @throws UserError when a part is asked for that the folders do not have, or nothing is left to train on.
 */
export function imageParts(collection: ImageCollection, request: TrainingRequest): ImageParts {
  const parts = divide(collection, request);
  return { ...parts, notes: [...parts.notes, ...missingOf(parts)] };
}

/** Which classes one part alone has. */
function missingOf({ training, validation }: ImageParts): readonly string[] {
  const classesOf = (entries: readonly ImageEntry[]): readonly string[] =>
    entries.flatMap(({ className }) => className ?? []);
  const [trained, validated] = [classesOf(training), classesOf(validation ?? [])];
  return trained.length === 0 || validated.length === 0 ? [] : missingClassNotes(trained, validated);
}

function divide(collection: ImageCollection, { choices, validation, seed }: TrainingRequest): ImageParts {
  const all = entriesOf(collection, "train", 'put images to train on into a folder "train"');
  const training = choices.count === undefined ? all : someOf(all, choices.count, collection.name, seed);
  if (validation === "test" || validation === "validation") {
    refuseSplitRules(choices, "images", `--validation ${validation} takes a part as it is`);
    const own = entriesOf(collection, validation, "hold images back with --validation 0.1");
    return { training, validation: own, validatedWith: validation, notes: [] };
  }
  if (validation === undefined) {
    const own = collection.entries.filter(({ split }) => split === "validation");
    if (isEnoughToValidate(own.length, training.length)) {
      const reason = `${collection.name} is validated with its own validation part (--validation 0.1 holds images back instead)`;
      refuseSplitRules(choices, "images", reason);
      return { training, validation: own, validatedWith: "validation", notes: [] };
    }
    const few =
      `the set's own validation part has ${formatCount(own.length)} images, too few to go by; ` +
      "a tenth of the training images is held back instead (--validation validation takes the part as it is)";
    const parts = heldBack(training, HELD_BACK, choices, seed);
    return own.length === 0 ? parts : { ...parts, notes: [few, ...parts.notes] };
  }
  if (validation === 0) {
    refuseSplitRules(choices, "images", "--validation 0 holds none back");
    return { training, validation: undefined, validatedWith: "held back", notes: [] };
  }
  return heldBack(training, validation, choices, seed);
}

/** Whether a set's own validation part is taken unless the user says otherwise. */
export function isEnoughToValidate(own: number, training: number): boolean {
  return own > 0 && own >= Math.min(FEWEST, HELD_BACK * training);
}

/**
 * The images of a part; of images that come in one piece, all.
 *
 * @param advice what to do where other parts have images, and this one has none.
 * @throws UserError when there is no such part.
 */
export function entriesOf({ name, entries }: ImageCollection, half: Half, advice: string): readonly ImageEntry[] {
  if (entries.every(({ split }) => split === undefined)) {
    if (half === "train") return entries;
    throw new MissingPartError(
      `${name} has no ${half} part; give it one as a folder "${half}" beside a folder "train", or hold images back with --validation 0.1`,
    );
  }
  const found = entries.filter(({ split }) => split === half);
  if (found.length > 0) return found;
  const parts = [...new Set(entries.map(({ split }) => split))].join(" and ");
  throw new MissingPartError(`${name} has no images in a ${half} part; it has ${parts}; ${advice}`);
}

/** Images at random, in their order. */
function someOf(entries: readonly ImageEntry[], count: number, name: string, seed: number): readonly ImageEntry[] {
  if (count > entries.length) {
    throw new UserError(`${name} has ${formatCount(entries.length)} images, and --count ${count} asks for more`, {
      exitCode: 2,
    });
  }
  return pick(entries, randomPart(entries.length, count, seed));
}

function heldBack(entries: readonly ImageEntry[], validation: number, choices: DataChoices, seed: number): ImageParts {
  checkSplitRules(choices, "images");
  const { split, group } = choices;
  const classes = entries.flatMap(({ className }) => className ?? []);
  const hasClasses = classes.length === entries.length;
  const rule = split ?? (hasClasses ? "stratified" : "random");
  if (rule === "stratified" && !hasClasses) {
    throw new UserError("--split stratified needs classes, and the images are in no folders of classes", {
      exitCode: 2,
    });
  }
  const groups = group === undefined ? undefined : groupsOf(entries, group);
  if (rule === "last") return { ...lastOnes(entries, validation), validatedWith: "held back", notes: [] };
  const parts = splitNumbers(entries.length, {
    validation,
    seed,
    ...(rule === "stratified" && { labels: classes }),
    ...(groups && { groups: groups.keys }),
  });
  return {
    training: pick(entries, parts.training),
    validation: pick(entries, parts.validation),
    validatedWith: "held back",
    notes: groups?.notes ?? [],
  };
}

function lastOnes(entries: readonly ImageEntry[], validation: number): Pick<ImageParts, "training" | "validation"> {
  const held = validation < 1 ? Math.ceil(validation * entries.length) : validation;
  if (held >= entries.length) {
    throw new UserError(`there are ${formatCount(entries.length)} images; holding back ${held} leaves none`, {
      exitCode: 2,
    });
  }
  return { training: entries.slice(0, -held), validation: entries.slice(-held) };
}

function pick(entries: readonly ImageEntry[], numbers: Uint32Array): readonly ImageEntry[] {
  return Array.from(numbers, (number) => entries[number] as ImageEntry);
}
