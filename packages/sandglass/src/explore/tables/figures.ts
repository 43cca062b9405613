/** All that was found, as one plain object for programs. */
import type { tables } from "@sandglass/core";
import type { ColumnProfile } from "../../tables/index.ts";
import type { Advice } from "../exploration.ts";
import type { TableFindings } from "./findings.ts";

/** Frequent values of each column that are told. */
const MOST_FREQUENT = 20;

/** The advice is that of the page. Dates are milliseconds since the start of 1970, UTC. */
export function figuresOf(findings: TableFindings, advice: readonly Advice[]): object {
  const { source, kind, profile, label, plan, sample, missingTogether, mixed, standIns, dates, pairs, leaks, keys } =
    findings;
  const { equals, unusual, partLeaks } = findings;
  return {
    name: profile.name,
    source,
    kind,
    rows: profile.count,
    files: profile.files,
    columns: profile.columns.map((column) => columnFigures(column, plan)),
    duplicates: profile.duplicates,
    ...(label && { label }),
    missingTogether,
    mixed,
    standIns,
    dates,
    ...(partLeaks && { partLeaks }),
    repeatedKeys: keys,
    correlations: profile.correlations,
    nearlyTheSame: pairs,
    equalCategories: equals,
    labelLeaks: leaks,
    looked: sample.numbers.length,
    ...(unusual && {
      unusual: {
        far: unusual.far,
        usualError: unusual.usualError,
        rows: unusual.worst.map(({ place, ...row }) => ({ row: sample.numbers[place], ...row })),
      },
    }),
    notes: profile.notes,
    advice,
  };
}

function columnFigures(
  { column, statistics, ...profile }: ColumnProfile,
  plan: tables.TablePreprocessing | undefined,
): object {
  const { name } = statistics;
  const { frequent, ...figures } = statistics;
  const leftOut = plan?.leftOut.find((one) => one.name === name);
  return {
    ...figures,
    ...(column.unit !== undefined && { unit: column.unit }),
    role: plan?.columns.find((one) => one.name === name)?.role ?? "left out",
    ...(leftOut && { reason: leftOut.reason }),
    ...profile,
    ...(frequent && { frequent: frequent.slice(0, MOST_FREQUENT) }),
  };
}
