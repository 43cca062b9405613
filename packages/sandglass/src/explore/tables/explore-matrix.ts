/** A look at an array of numbers as the table that it is: a row a sample, the columns known by their places. */
import { counted, type Dataset, type tables } from "@sandglass/core";
import { asUsage, columnChoices, sampleLeaks } from "../../sources/index.ts";
import { columnTable, matrixColumns } from "../../tables/index.ts";
import type { Exploration, ExploreRequest, ExploreServices } from "../exploration.ts";
import type { LoadedParts } from "../load-parts.ts";
import { inspectTable } from "./inspect-table.ts";
import { present } from "./present.ts";

/** What the column with the labels is called. */
const LABEL_COLUMN = "label";

/** @param source as the user named it. */
export async function exploreMatrix(
  source: string,
  { parts: [[part, data], ...others], notes }: LoadedParts,
  request: ExploreRequest,
  services: ExploreServices,
): Promise<Exploration> {
  const { choices } = columnChoices(request.choices);
  const { progress, signal } = services;
  return asUsage(async () => {
    const more = others.map(
      ([split, { count }]) => `the ${split} part, ${counted(count, "row")}, is only compared with the other rows`,
    );
    const partLeaks = sampleLeaks(
      [[part, data] as const, ...others].flatMap(([part, rows]) => (part === undefined ? [] : [{ part, data: rows }])),
      "row",
    );
    const table = await columnTable(data.name, columnsOf(data), { notes: [...notes, ...more], signal });
    try {
      const about = { source, kind: "array", partLeaks, seed: request.seed } as const;
      const label = data.labels === undefined ? {} : { label: LABEL_COLUMN };
      const found = await inspectTable(table, { ...about, choices: { ...choices, ...label } }, services);
      return await present(found, request, services);
    } finally {
      await table.close();
      progress.end();
    }
  });
}

/** Its numbers, and its labels as the last column. */
function columnsOf({ shape: [width = 1], values, labels, classNames }: Dataset): readonly tables.Column[] {
  const columns = matrixColumns(values, width);
  if (labels === undefined) return columns;
  const names = Array.from(labels, (label) => classNames?.[label] ?? String(label));
  return [...columns, { name: LABEL_COLUMN, type: "text", values: names }];
}
