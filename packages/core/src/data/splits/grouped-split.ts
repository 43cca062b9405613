/**
 * Splits that tear no group apart. How far a split is from what was asked for is measured as Pearson's χ²: the sum over the parts of
 * (n − t)² / t, with n samples where t were wanted, of all samples and of each class. Groups go to parts at random, so that parts get
 * large and small ones alike, then move as long as that brings χ² down. Of several such attempts the best one counts.
 */
import { DatasetError } from "../dataset.ts";
import type { RandomStream } from "../random-stream.ts";
import { countGroupMembers } from "./group-members.ts";
import type { GroupMembers } from "./group-members.ts";
import type { NumberedKeys } from "./numbered-keys.ts";
import type { PartSizes } from "./part-sizes.ts";
import { shuffledNumbers } from "./random-split.ts";

/** Few groups are worth many attempts; many come out even at once. */
const MOST_ATTEMPTS = 16;
const GROUPS_TO_PLACE = 200_000;
const MOST_SWEEPS = 20;

/**
 * For each sample its part.
 *
 * @throws DatasetError when there are fewer groups than parts.
 */
export function splitGrouped(
  groups: NumberedKeys,
  classes: NumberedKeys | undefined,
  sizes: PartSizes,
  random: RandomStream,
): Uint8Array {
  const wanted = [sizes.training, sizes.validation, ...(sizes.test === undefined ? [] : [sizes.test])];
  const groupCount = groups.keys.length;
  if (groupCount < wanted.length) {
    throw new DatasetError(
      `${groupCount} ${groupCount === 1 ? "group" : "groups"} came for ${wanted.length} parts, and groups stay whole; ` +
        "there must be one for each part at least: hold back fewer parts, or split without groups",
    );
  }
  const members = countGroupMembers(groups, classes);
  const attempts = Math.min(MOST_ATTEMPTS, Math.max(1, Math.floor(GROUPS_TO_PLACE / groupCount)));
  let best = attempt(members, wanted, random);
  for (let again = 1; again < attempts; again++) {
    const other = attempt(members, wanted, random);
    if (other.distance() < best.distance()) best = other;
  }
  return Uint8Array.from(groups.numbers, (group) => best.partOf(group));
}

function attempt(members: GroupMembers, wanted: readonly number[], random: RandomStream): Placement {
  const placement = new Placement(members, wanted);
  const order = shuffledNumbers(members.groupCount, random);
  for (const group of order) placement.place(group, randomPart(wanted, random));
  placement.fillEmptyParts();
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    const moved = order.reduce((moves, group) => moves + (placement.improve(group) ? 1 : 0), 0);
    if (moved === 0) break;
  }
  return placement;
}

/** A part, each as likely as it is large. */
function randomPart(sizes: readonly number[], random: RandomStream): number {
  let sample = random.integer(sizes.reduce((sum, size) => sum + size, 0));
  return sizes.findIndex((size) => (sample -= size) < 0);
}

/** Groups in parts, and how many samples of each class are where. */
class Placement {
  readonly #members: GroupMembers;
  readonly #wanted: readonly Float64Array[];
  readonly #placed: readonly Float64Array[];
  readonly #groupsIn: number[];
  readonly #parts: Uint8Array;

  constructor(members: GroupMembers, wanted: readonly number[]) {
    const samples = wanted.reduce((sum, size) => sum + size, 0);
    this.#members = members;
    this.#wanted = wanted.map((size) => Float64Array.from(members.totals, (total) => (total * size) / samples));
    this.#placed = wanted.map(() => new Float64Array(members.totals.length));
    this.#groupsIn = wanted.map(() => 0);
    this.#parts = new Uint8Array(members.groupCount);
  }

  partOf(group: number): number {
    return this.#parts[group] as number;
  }

  place(group: number, part: number): void {
    this.#parts[group] = part;
    this.#count(group, part, 1);
  }

  /** Moves the group to where it brings the placement nearer to what was asked for; false when it stays. */
  improve(group: number): boolean {
    const from = this.partOf(group);
    if (this.#groupsIn[from] === 1) return false;
    const added = this.#placed.map((_, part) => (part === from ? Infinity : this.#change(group, part, 1)));
    const least = Math.min(...added);
    // Sums of fractions are not exact: a gain as small as their error could go back and forth.
    if (least + this.#change(group, from, -1) > -1e-9) return false;
    this.#move(group, added.indexOf(least));
    return true;
  }

  /** Gives every part without a group the one whose move costs least. */
  fillEmptyParts(): void {
    for (const [empty, groups] of this.#groupsIn.entries()) {
      if (groups > 0) continue;
      let [best, least] = [-1, Infinity];
      for (let group = 0; group < this.#members.groupCount; group++) {
        const from = this.partOf(group);
        if ((this.#groupsIn[from] as number) < 2) continue;
        const change = this.#change(group, from, -1) + this.#change(group, empty, 1);
        if (change < least) [best, least] = [group, change];
      }
      this.#move(best, empty);
    }
  }

  /** χ² of the placement. */
  distance(): number {
    return this.#placed.reduce((sum, counts, part) => {
      const wanted = this.#wanted[part] as Float64Array;
      return counts.reduce(
        (part, n, label) => part + (n - (wanted[label] as number)) ** 2 / (wanted[label] as number),
        sum,
      );
    }, 0);
  }

  /** How χ² changes when the group comes to the part (`sign` 1) or leaves it (−1): Σ ((n ± h − t)² − (n − t)²) / t. */
  #change(group: number, part: number, sign: 1 | -1): number {
    const { starts, labels, counts } = this.#members;
    const placed = this.#placed[part] as Float64Array;
    const wanted = this.#wanted[part] as Float64Array;
    let change = 0;
    for (let at = starts[group] as number; at < (starts[group + 1] as number); at++) {
      const label = labels[at] as number;
      const h = counts[at] as number;
      const t = wanted[label] as number;
      change += (h * (h + 2 * sign * ((placed[label] as number) - t))) / t;
    }
    return change;
  }

  #move(group: number, to: number): void {
    this.#count(group, this.partOf(group), -1);
    this.place(group, to);
  }

  #count(group: number, part: number, sign: 1 | -1): void {
    const { starts, labels, counts } = this.#members;
    const placed = this.#placed[part] as Float64Array;
    for (let at = starts[group] as number; at < (starts[group + 1] as number); at++) {
      const label = labels[at] as number;
      placed[label] = (placed[label] as number) + sign * (counts[at] as number);
    }
    this.#groupsIn[part] = (this.#groupsIn[part] as number) + sign;
  }
}
