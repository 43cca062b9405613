import type { NumberedKeys } from "./numbered-keys.ts";

/**
 * How many samples of which class each group has. Group g's are at `starts[g]` up to `starts[g + 1]`, each class once, and before
 * them as class 0 all of its samples.
 */
export interface GroupMembers {
  readonly groupCount: number;
  /** Samples of each class; 0 stands for all samples, class c for c + 1. */
  readonly totals: Float64Array;
  readonly starts: Uint32Array;
  readonly labels: Uint32Array;
  readonly counts: Uint32Array;
}

/** Counts the samples of groups by class. */
export function countGroupMembers(groups: NumberedKeys, classes: NumberedKeys | undefined): GroupMembers {
  const groupCount = groups.keys.length;
  const totals = Float64Array.from([groups.numbers.length, ...(classes?.counts ?? [])]);
  const starts = new Uint32Array(groupCount + 1);
  const labels: number[] = [];
  const counts: number[] = [];
  const ordered = classes && samplesByGroup(groups);
  /** Where the entry of a class is that the group at hand has already, by class. */
  const places = new Int32Array(totals.length).fill(-1);
  let next = 0;
  for (let group = 0; group < groupCount; group++) {
    const start = labels.length;
    starts[group] = start;
    labels.push(0);
    counts.push(groups.counts[group] as number);
    if (classes === undefined || ordered === undefined) continue;
    for (const end = next + (groups.counts[group] as number); next < end; next++) {
      const label = (classes.numbers[ordered[next] as number] as number) + 1;
      const place = places[label] as number;
      if (place > start) {
        counts[place] = (counts[place] as number) + 1;
      } else {
        places[label] = labels.length;
        labels.push(label);
        counts.push(1);
      }
    }
  }
  starts[groupCount] = labels.length;
  return { groupCount, totals, starts, labels: Uint32Array.from(labels), counts: Uint32Array.from(counts) };
}

/** The samples, those of group 0 first (a counting sort). */
function samplesByGroup({ numbers, counts }: NumberedKeys): Uint32Array {
  const next = new Uint32Array(counts.length);
  for (let group = 1; group < counts.length; group++) {
    next[group] = (next[group - 1] as number) + (counts[group - 1] as number);
  }
  const ordered = new Uint32Array(numbers.length);
  numbers.forEach((group, sample) => {
    const place = next[group] as number;
    next[group] = place + 1;
    ordered[place] = sample;
  });
  return ordered;
}
