/** Which augmentations are meant by a text or by an object. */
import { describeUnknown } from "../nearest-name.ts";
import type { GivenAmount } from "./amounts.ts";
import { augmentationKinds, augmentationNames } from "./kinds.ts";
import type { AugmentationName, ChosenKind, FlipDirection } from "./kinds.ts";

/** Augmentations by name with their amounts; `true` stands for the amount that is taken where none is given. */
export type AugmentationOptions = {
  readonly [Name in AugmentationName]?: boolean | (Name extends "flip" ? FlipDirection : number) | undefined;
};

/**
 * The chosen kinds by name, in the order in which they change samples. Amounts of 0 are left out.
 *
 * @throws RangeError when a name is unknown or comes twice, an amount is out of range, or nothing is named.
 */
export function readAugmentation(given: string | AugmentationOptions): ReadonlyMap<AugmentationName, ChosenKind> {
  const entries = typeof given === "string" ? entriesOfText(given) : entriesOfOptions(given);
  const chosen = new Map<AugmentationName, ChosenKind>();
  for (const [name, amount] of entries) {
    if (!isName(name)) throw new RangeError(`unknown augmentation ${describeUnknown(name, augmentationNames)}`);
    if (chosen.has(name)) throw new RangeError(`the augmentation "${name}" is named twice; name it once`);
    chosen.set(name, choose(name, amount));
  }
  if (chosen.size === 0) {
    throw new RangeError(`an augmentation names what it changes, such as "flip, rotate=15"; nothing was named`);
  }
  return new Map(
    augmentationNames.flatMap((name) => {
      const kind = chosen.get(name);
      return kind === undefined || kind.amount === 0 ? [] : [[name, kind] as const];
    }),
  );
}

function choose(name: AugmentationName, amount: GivenAmount): ChosenKind {
  const { allowed, default: own, choose: chooseKind } = augmentationKinds[name];
  const chosen = chooseKind(amount);
  if (chosen !== undefined) return chosen;
  throw new RangeError(
    `the augmentation "${name}" takes ${allowed}, such as ${name}=${own}; ${JSON.stringify(amount)} came`,
  );
}

/** `flip, rotate=15` */
function entriesOfText(text: string): [string, GivenAmount][] {
  const parts = text.split(",").map((part) => part.trim());
  return parts
    .filter((part) => part !== "")
    .map((part) => {
      const [name = "", ...amount] = part.split("=");
      return [name.trim(), amount.length === 0 ? true : amount.join("=").trim()];
    });
}

function entriesOfOptions(options: AugmentationOptions): [string, GivenAmount][] {
  return Object.entries(options).flatMap(([name, amount]) =>
    amount === undefined || amount === false ? [] : [[name, amount] as [string, GivenAmount]],
  );
}

function isName(name: string): name is AugmentationName {
  return Object.hasOwn(augmentationKinds, name);
}
