/**
 * Trains on a table of millions of rows, as `sandglass train` does, and notes how long it took and how much memory the program had at most.
 *
 *     node bench/tables/run.ts                       5 million rows of 12 columns, as Parquet and as CSV
 *     node bench/tables/run.ts --rows 1000000
 *
 * The table (numbers, whole numbers, categories, dates, missing values) is made by DuckDB in another process, in a temporary folder.
 */
import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { describeMachine } from "../machine.ts";

const { values: given } = parseArgs({
  options: { rows: { type: "string", default: "5000000" }, name: { type: "string", default: "large-table" } },
});
const rows = Number(given.rows);

interface Measured {
  readonly format: string;
  readonly fileMegabytes: number;
  readonly openSeconds: number;
  readonly epochSeconds: number;
  readonly features: number;
  readonly peakMegabytes: number;
}

const folder = await mkdtemp(join(tmpdir(), "sandglass-bench-"));
try {
  const cases: Measured[] = [];
  for (const format of ["parquet", "csv"]) {
    const path = join(folder, `rows.${format}`);
    run("make-table.ts", path, String(rows));
    const megabytes = Math.round((await stat(path)).size / 1e6);
    // A process of its own, whose peak is that of the training alone.
    cases.push({
      format,
      fileMegabytes: megabytes,
      ...(JSON.parse(run("train-table.ts", path)) as Omit<Measured, "format" | "fileMegabytes">),
    });
    process.stderr.write(`${JSON.stringify(cases.at(-1))}\n`);
    await rm(path);
  }
  const result = {
    name: given.name,
    date: new Date().toISOString(),
    command: `node bench/tables/run.ts ${process.argv.slice(2).join(" ")}`.trim(),
    machine: describeMachine(),
    rows,
    columns: 12,
    cases,
  };
  const results = fileURLToPath(new URL("../results/tables", import.meta.url));
  await mkdir(results, { recursive: true });
  await writeFile(join(results, `${given.name}.json`), `${JSON.stringify(result, undefined, 2)}\n`);
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** Runs a program beside this one, and returns what it prints. */
function run(program: string, ...words: readonly string[]): string {
  const path = fileURLToPath(new URL(program, import.meta.url));
  const { status, stdout } = spawnSync(process.execPath, [path, ...words], {
    stdio: ["ignore", "pipe", "inherit"],
    encoding: "utf8",
  });
  if (status === 0) return stdout;
  throw new Error(`${program} ended with ${status}`);
}
