import { bucketOf } from "./bucket.ts";
import { formatCount, leaveOut } from "./decision.ts";
import type { CompleteChoices, Decision, DecisionNote } from "./decision.ts";
import { byFrequency } from "./most-frequent.ts";
import { FREQUENT_VALUES } from "./statistics.ts";
import type { ColumnStatistics, Frequency } from "./statistics.ts";
import { TableError } from "./table-error.ts";

/** Values are categories: the most frequent ones have features of their own, the others share some. */
export function decideCategory(statistics: ColumnStatistics, choices: CompleteChoices): Decision {
  const { name, type, missing } = statistics;
  const frequent = frequentOf(statistics).toSorted(byFrequency);
  const distinct = countCategories(statistics, frequent);
  if (distinct === 1 && missing === 0) return leaveOut(name, "constant", `all its values are "${frequent[0]?.value}"`);

  const { maxCategories, buckets, rareBelow } = choices;
  const own = frequent.filter(({ count }) => count >= rareBelow).slice(0, maxCategories);
  if (own.length === 0) {
    return leaveOut(
      name,
      "text",
      `none of its ${formatCount(distinct)} categories has ${rareBelow} rows to be learned from`,
    );
  }
  const rest = distinct - own.length;
  const isHashed = distinct > maxCategories;
  const others = shareFeatures(frequent.slice(own.length), isHashed ? Math.min(buckets, rest) : Math.min(1, rest));
  return {
    column: {
      name,
      role: "category",
      type,
      categories: own.map(({ value }) => value),
      hasMissing: missing > 0,
      others,
    },
    note: rest === 0 ? undefined : describeOthers(name, distinct, own.length, others.length),
  };
}

function frequentOf({ name, type, distinct, frequent }: ColumnStatistics): readonly Frequency[] {
  if (frequent !== undefined) return frequent;
  throw new TableError(
    `column "${name}" has ${formatCount(distinct)} different ${type === "date" ? "dates" : "numbers"}, too many to be ` +
      `categories; leave its role open, or round its values first`,
  );
}

/** Exact as long as the statistics name all of them. */
function countCategories({ distinct }: ColumnStatistics, frequent: readonly Frequency[]): number {
  return frequent.length < FREQUENT_VALUES ? frequent.length : Math.max(distinct, frequent.length);
}

/** The most frequent category of each bucket. */
function shareFeatures(rest: readonly Frequency[], buckets: number): (string | null)[] {
  const others = Array.from({ length: buckets }, (): string | null => null);
  if (buckets === 0) return others;
  for (const { value } of rest) others[bucketOf(value, buckets)] ??= value;
  return others;
}

function describeOthers(name: string, distinct: number, own: number, buckets: number): DecisionNote {
  const features = buckets === 1 ? "one feature" : `${buckets} features, by their hashes`;
  return {
    kind: "shared",
    column: name,
    detail: `${formatCount(distinct)} categories`,
    text:
      `column "${name}": the ${formatCount(own)} most frequent of its ${formatCount(distinct)} categories have features of ` +
      `their own, the others share ${features}`,
  };
}
