/** Writes a table: `node make-table.ts FILE ROWS`, in the format of the file's name. */
import { DuckDBInstance } from "@duckdb/node-api";

const [path = "", rows = "0"] = process.argv.slice(2);
const SEED = 0.5;
const COLUMNS = `i AS id, 10 + 2 * random() AS a, exp(3 * random()) AS b, (random() * 1000)::INT AS c,
  CASE WHEN random() < 0.05 THEN NULL ELSE random() * random() END AS d,
  ['Berlin', 'Paris', 'Rome', 'Oslo', 'Wien'][1 + (random() * 4.99)::INT] AS city,
  ['x', 'y', 'z'][1 + (random() * 2.99)::INT] AS kind, DATE '2020-01-01' + (random() * 1500)::INT AS day,
  random() < 0.3 AS flag, sin(i / 1000.0) + 0.1 * random() AS wave, (random() * 100000)::INT AS customer,
  round(random() * 50, 2) AS price`;

const instance = await DuckDBInstance.create(":memory:", { memory_limit: "1GB" });
const connection = await instance.connect();
await connection.run(`SELECT setseed(${SEED})`);
await connection.run(
  `COPY (SELECT ${COLUMNS} FROM range(${Number(rows)}) t(i)) TO '${path.replaceAll("'", "''")}' (${path.endsWith(".csv") ? "FORMAT csv, HEADER" : "FORMAT parquet"})`,
);
connection.closeSync();
instance.closeSync();
