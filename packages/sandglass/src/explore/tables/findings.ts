/** All that is found about a table. */
import type { tables } from "@sandglass/core";
import type {
  ColumnProfile,
  DateCoverage,
  MissingTogether,
  MixedColumn,
  SampledRows,
  StandIn,
  TableProfile,
} from "../../tables/index.ts";
import type { PartLeaks } from "../../leaks/index.ts";
import type { CorrelatedPair } from "./correlated-pairs.ts";
import type { EqualCategories } from "./equal-categories.ts";
import type { FoundLabel } from "./find-label.ts";
import type { LabelLeak } from "./label-leaks.ts";
import type { RepeatedKey } from "./repeated-keys.ts";
import type { UnusualRows } from "./unusual-rows.ts";

export interface TableFindings {
  /** As the user named it. */
  readonly source: string;
  /** Whether the rows come from files of tables, or from an array of numbers. */
  readonly kind: "table" | "array";
  readonly profile: TableProfile;
  readonly label: FoundLabel | undefined;
  /** What the columns are to a training; undefined where there is nothing to learn from. */
  readonly plan: tables.TablePreprocessing | undefined;
  /** The rows that were looked at where all would be too many. */
  readonly sample: SampledRows;
  readonly missingTogether: readonly MissingTogether[];
  readonly mixed: readonly MixedColumn[];
  readonly standIns: readonly StandIn[];
  readonly dates: readonly DateCoverage[];
  readonly pairs: readonly CorrelatedPair[];
  readonly equals: readonly EqualCategories[];
  readonly leaks: readonly LabelLeak[];
  readonly keys: readonly RepeatedKey[];
  /** Of arrays that come in parts: rows that are in two of them. */
  readonly partLeaks?: PartLeaks | undefined;
  readonly unusual: UnusualRows | undefined;
}

/** The share of rows in which a column has no value. */
export function missingShare({ statistics: { count, missing } }: ColumnProfile): number {
  return missing / count;
}

/** The columns that a training learns from, by their role; none where there is nothing to learn from. */
export function columnsOfRole({ plan, profile }: TableFindings, role: tables.ColumnRole): readonly ColumnProfile[] {
  const names = new Set(plan?.columns.filter((column) => column.role === role).map(({ name }) => name));
  return profile.columns.filter(({ statistics }) => names.has(statistics.name));
}
