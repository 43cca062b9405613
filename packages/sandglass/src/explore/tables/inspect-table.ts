/** Looks at a table in all the ways that there are. */
import { tables } from "@sandglass/core";
import {
  dateCoverage,
  findMissingTogether,
  findMixedColumns,
  findStandIns,
  profileTable,
  requireColumn,
  type SampledRows,
  sampleRows,
  type Table,
} from "../../tables/index.ts";
import type { ExploreServices } from "../exploration.ts";
import { findCorrelatedPairs } from "./correlated-pairs.ts";
import { findEqualCategories } from "./equal-categories.ts";
import { findLabel, type FoundLabel } from "./find-label.ts";
import type { TableFindings } from "./findings.ts";
import { findLabelLeaks } from "./label-leaks.ts";
import { findRepeatedKeys } from "./repeated-keys.ts";
import { findUnusualRows } from "./unusual-rows.ts";

export interface InspectOptions extends Pick<TableFindings, "source" | "kind" | "partLeaks"> {
  readonly choices: tables.TableChoices;
  /** The user's choice of a column whose rows stay together. */
  readonly group?: string | undefined;
  readonly seed: number;
}

/** @throws TableError when choices do not fit the table, UserError when there is no column of the group's name. */
export async function inspectTable(
  table: Table,
  { choices, group, seed, ...about }: InspectOptions,
  { progress, device, signal }: ExploreServices,
): Promise<TableFindings> {
  if (group !== undefined) requireColumn(table, group, "the group was to be");
  progress.begin("looking at columns", 0);
  const profile = await profileTable(table, { choices });
  const statistics = profile.columns.map((column) => column.statistics);
  const label = findLabel(profile, choices.label);
  const plan = planOf(statistics, { ...choices, ...(label?.isLikely === true && { label: label.name }) });
  const missing = new Set(
    statistics.filter((one) => one.missing > 0 && one.missing < one.count).map(({ name }) => name),
  );
  const missingTogether = await findMissingTogether(table, missing);
  const mixed = await findMixedColumns(table, profile);
  const standIns = await findStandIns(table, profile);
  const dates = await dateCoverage(table);
  progress.begin("looking at rows", 0);
  const sample = await sampleRows(table, seed);
  const learned = new Set(plan?.columns.map(({ name }) => name));
  const compared = sample.columns.filter(({ name }) => learned.has(name));
  const encoder = plan && new tables.TableEncoder(plan);
  return {
    ...about,
    profile,
    label,
    plan,
    sample,
    missingTogether,
    mixed,
    standIns,
    dates,
    pairs: findCorrelatedPairs(compared.filter((column) => column.type === "number")),
    equals: findEqualCategories(compared),
    leaks: findLabelLeaks(
      compared.filter(({ name }) => name !== label?.name),
      labelOf(sample, label),
      seed,
    ),
    keys: findRepeatedKeys(statistics),
    unusual: encoder && (await findUnusualRows(sample.columns, encoder, { seed, device, signal })),
  };
}

/** What a training would make of the columns; a table without one to learn from is looked at all the same. */
function planOf(
  statistics: readonly tables.ColumnStatistics[],
  choices: tables.TableChoices,
): tables.TablePreprocessing | undefined {
  try {
    return tables.decideColumns(statistics, choices);
  } catch (error) {
    if (error instanceof tables.TableError) return undefined;
    throw error;
  }
}

/** The class of each row that was looked at; none where the label is no class. */
function labelOf({ columns }: SampledRows, label: FoundLabel | undefined): readonly (string | number | undefined)[] {
  if (label === undefined || label.classes.length < 2) return [];
  const { values = [] } = columns.find(({ name }) => name === label.name) ?? {};
  return Array.from<string | number | undefined, string | number | undefined>(values, (value) =>
    typeof value === "number" && Number.isNaN(value) ? undefined : value,
  );
}
