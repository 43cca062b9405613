// Rows of text files have the numbers that they have there, whatever could not be read.
import { expect, test } from "vitest";
import { openTable } from "../open-table.ts";
import { readColumns } from "../read-columns.ts";
import { csvLines, tableFiles } from "../testing/table-files.ts";

const file = tableFiles();

/** The first column, which says the number of each row itself, beside the number that the table says. */
async function numbered(source: string): Promise<{ readonly said: number[]; readonly own: number[] }> {
  const table = await openTable(source, { csv: { maxBadRows: 0.5 }, types: { n: "number" } });
  const [column] = await readColumns(table, 0, table.count);
  await table.close();
  const own = Array.from(column?.values as Float64Array);
  return { own, said: Array.from(own.keys(), (row) => table.rowNumber(row)) };
}

const rowsOf = (from: number, count: number, isBad: (number: number) => boolean): string =>
  csvLines("n,x,y", count, (index) => {
    const number = from + index;
    return isBad(number) ? `${number},too short` : `${number},${number % 7},"text ${number % 3}"`;
  });

test("rows of another width keep their numbers", async () => {
  const { own, said } = await numbered(
    file(
      "ragged.csv",
      rowsOf(1, 400, (number) => number % 50 === 3 || number > 398),
    ),
  );
  expect(own).toHaveLength(400 - 8 - 2);
  expect(said).toEqual(own);
});

test("rows of several lines are one", async () => {
  const lines = csvLines("n,x,y", 200, (index) =>
    index === 100 ? "101,x" : `${index + 1},"${index % 9 === 0 ? "two\nlines" : "one"}",3`,
  );
  const { own, said } = await numbered(file("quoted.csv", lines));
  expect(said).toEqual(own);
});

test("files are numbered through", async () => {
  file(
    "part-1.csv",
    rowsOf(1, 100, (number) => number === 5),
  );
  file(
    "part-2.csv",
    rowsOf(101, 100, () => false),
  );
  const last = file(
    "part-3.csv",
    rowsOf(201, 100, (number) => number % 20 === 1),
  );
  const { own, said } = await numbered(last.replace("part-3", "part-*"));
  expect(own).toHaveLength(300 - 1 - 5);
  expect(said).toEqual(own);
});

test("cells that are divided by blanks", async () => {
  const lines = Array.from({ length: 120 }, (_, index) =>
    index === 30 ? "31  7" : `${index + 1}  ${index * 2}   3.5`,
  );
  const { own, said } = await numbered(file("blanks.txt", ["n x y", ...lines].join("\n")));
  expect(own).toHaveLength(119);
  expect(said).toEqual(own);
});

test("files that turn out to be no UTF-8 when they are read", async () => {
  const latin = Buffer.from(`${rowsOf(1, 40_000, (number) => number % 1000 === 7)}\n40001,5,"caf\u00e9"\n`, "latin1");
  file(
    "latin-1.csv",
    rowsOf(-9, 10, (number) => number === -2),
  );
  const second = file("latin-2.csv", latin);
  const { own, said } = await numbered(second.replace("latin-2", "latin-*"));
  expect(own).toHaveLength(9 + 40_001 - 40);
  expect(said).toEqual(own.map((number) => number + 10));
});
