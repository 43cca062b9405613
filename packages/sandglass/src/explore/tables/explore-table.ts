/** A look at a table. */
import { UserError } from "../../errors.ts";
import { openTable } from "../../tables/index.ts";
import { asUsage, columnChoices, csvChoices } from "../../sources/index.ts";
import type { Exploration, ExploreRequest, ExploreServices } from "../exploration.ts";
import { inspectTable } from "./inspect-table.ts";
import { present } from "./present.ts";

/** Looks at CSV, TSV, Parquet and JSON files. */
export async function exploreTable(
  source: string,
  request: ExploreRequest,
  services: ExploreServices,
): Promise<Exploration> {
  const { types, dayFirst, choices } = columnChoices(request.choices);
  const { group, count } = request.choices;
  if (count !== undefined) {
    throw new UserError("--count is for training; all rows of a table are looked at, whatever their number", {
      exitCode: 2,
    });
  }
  const { progress, signal } = services;
  progress.begin(`reading ${source}`, 0);
  return asUsage(async () => {
    const table = await openTable(source, { types, dayFirst, csv: csvChoices(request.choices), signal });
    try {
      const about = { source, kind: "table", choices, group, seed: request.seed } as const;
      return await present(await inspectTable(table, about, services), request, services);
    } finally {
      await table.close();
      progress.end();
    }
  });
}
