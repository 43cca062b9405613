/**
 * Columns that give the label away. Rows are put in the order of a column; where it says nothing of the label, the classes of neighbours change
 * as often as in any order, and where it gives the label away, hardly ever (the runs of A. Wald and J. Wolfowitz, 1940). So thresholds, intervals
 * and categories are found alike, and rare classes, too.
 */
import { RandomStream, type tables } from "@sandglass/core";

export interface LabelLeak {
  readonly column: string;
  /** 0 where classes change as often as by chance, 1 where they change at the ends of an interval for each class alone. */
  readonly strength: number;
}

/** From this strength on a column gives the label away. */
const LEAK = 0.98;
/** With fewer changes to be expected by chance nothing can be said. */
const FEWEST_CHANGES = 20;
/** Rows × columns that are put in order. */
const MOST_CELLS = 2 ** 22;

/**
 * Finds them, the strongest first.
 *
 * @param columns other than the label.
 * @param label the class of each row; undefined where it has none.
 * @param seed says in which order rows of equal values come.
 */
export function findLabelLeaks(
  columns: readonly tables.Column[],
  label: readonly (string | number | undefined)[],
  seed: number,
): readonly LabelLeak[] {
  const most = Math.floor(MOST_CELLS / Math.max(1, columns.length));
  const rows = Uint32Array.from(label.keys()).filter((row) => row < most && label[row] !== undefined);
  new RandomStream(seed).shuffle(rows);
  return columns
    .map((column) => ({ column: column.name, strength: strengthOf(column, label, rows) }))
    .filter(({ strength }) => strength >= LEAK)
    .toSorted((a, b) => b.strength - a.strength);
}

/** How strongly the order of a column orders the classes. */
function strengthOf(
  column: tables.Column,
  label: readonly (string | number | undefined)[],
  shuffled: Uint32Array,
): number {
  const present = shuffled.filter((row) => {
    const value = column.values[row];
    return value !== undefined && !Number.isNaN(value);
  });
  const counts = new Map<string | number | undefined, number>();
  for (const row of present) counts.set(label[row], (counts.get(label[row]) ?? 0) + 1);
  const count = present.length;
  const alike = [...counts.values()].reduce((sum, times) => sum + (times / count) ** 2, 0);
  // A class may lie between two others, or within one.
  const [expected, least] = [(count - 1) * (1 - alike), 2 * (counts.size - 1)];
  if (least < 1 || expected - least < FEWEST_CHANGES) return 0;
  // The sort is stable: rows of equal values stay in the random order.
  present.sort((a, b) => compare(column.values[a], column.values[b]));
  let changes = 0;
  for (let place = 1; place < count; place++) {
    if (label[present[place] as number] !== label[present[place - 1] as number]) changes++;
  }
  return Math.max(0, 1 - Math.max(0, changes - least) / (expected - least));
}

function compare(one: string | number | undefined, other: string | number | undefined): number {
  if (one === other || one === undefined || other === undefined) return 0;
  return one < other ? -1 : 1;
}
