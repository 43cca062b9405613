// Files as they come: what is read of them, and what is said where they cannot be read.
import { existsSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import type { tables } from "@sandglass/core";
import { expect, onTestFinished, test, vi } from "vitest";
import { openTable, type OpenTableOptions } from "./open-table.ts";
import { readColumns } from "./read-columns.ts";
import { csvLines, tableFiles } from "./testing/table-files.ts";

const file = tableFiles();

interface Opened {
  readonly types: Readonly<Record<string, tables.ColumnType>>;
  readonly values: Readonly<Record<string, readonly (string | number | undefined)[]>>;
  readonly notes: readonly string[];
}

/** All of a table: dates as texts, missing values undefined. */
async function open(source: string | readonly string[], options?: OpenTableOptions): Promise<Opened> {
  const table = await openTable(source, options);
  const columns = await readColumns(table, 0, table.count);
  await table.close();
  return {
    types: Object.fromEntries(columns.map(({ name, type }) => [name, type])),
    values: Object.fromEntries(columns.map((column) => [column.name, Array.from(column.values, valueOf(column.type))])),
    notes: table.notes,
  };
}

function valueOf(type: tables.ColumnType): (value: string | number | undefined) => string | number | undefined {
  return (value) => {
    if (typeof value !== "number") return value;
    if (Number.isNaN(value)) return undefined;
    return type === "date" ? new Date(value).toISOString().slice(0, 16) : value;
  };
}

/** What opening a table is refused with. */
function refusal(source: string | readonly string[], options?: OpenTableOptions): Promise<string> {
  return openTable(source, options).then(
    async (table) => {
      await table.close();
      return `opened: ${table.notes.join("; ")}`;
    },
    (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error)),
  );
}

test("types are seen from the cells; words for nothing are missing values", async () => {
  const path = file("types.csv", "a,b,c,d\n1.5,x, NA ,2020-01-02\n-2e3,null,y,\n?, z ,-,2021-12-31 10:30:00\n");
  const { types, values, notes } = await open(path);
  expect(types).toEqual({ a: "number", b: "text", c: "text", d: "date" });
  expect(values).toEqual({
    a: [1.5, -2000, undefined],
    b: ["x", undefined, "z"],
    c: [undefined, "y", undefined],
    d: ["2020-01-02T00:00", undefined, "2021-12-31T10:30"],
  });
  expect(notes).toEqual([]);
});

test("a byte order mark, quoted line ends and quotes in quotes", async () => {
  const path = file("quotes.csv", '\ufeffid,text\r\n1,"first\nsecond"\r\n2,"say ""so"", twice"\r\n');
  expect((await open(path)).values).toEqual({ id: [1, 2], text: ["first\nsecond", 'say "so", twice'] });
});

test("semicolons and decimal commas; a point divides thousands where commas divide fractions", async () => {
  const path = file("european.csv", "a;b;c\n1,5;1.234;x\n2,25;5.678;y\n1.000,5;9.012;z\n");
  const { values, notes } = await open(path);
  expect(values).toEqual({ a: [1.5, 2.25, 1000.5], b: [1234, 5678, 9012], c: ["x", "y", "z"] });
  expect(notes).toEqual(["a is read as numbers with a decimal comma", "b is read as numbers with a decimal comma"]);
});

test("tabs, blanks between numbers, comments, lines above the header, old line ends", async () => {
  expect((await open(file("t.tsv", "a\tb\n1\tx y\n2\tz\n"))).values).toEqual({ a: [1, 2], b: ["x y", "z"] });
  const blanks = await open(file("blanks.data", " 1.5  2 3e2\n10   20 -4\n"));
  expect(blanks.values).toEqual({ column0: [1.5, 10], column1: [2, 20], column2: [300, -4] });
  expect((await open(file("comment.csv", "# made by hand\na,b\n1,2\n3,4\n"))).values).toEqual({ a: [1, 3], b: [2, 4] });
  const preamble = csvLines("Report\nof 2020\n\na,b,c", 50, (row) => `${row},x,4.5`);
  expect(Object.keys((await open(file("preamble.csv", preamble))).values)).toEqual(["a", "b", "c"]);
  expect((await open(file("mac.csv", "a,b\r1,2\r3,4\r"))).values).toEqual({ a: [1, 3], b: [2, 4] });
});

test("Latin-1, UTF-16, and bytes of another encoding far behind the beginning", async () => {
  expect((await open(file("latin1.csv", Buffer.from("a,b\n1,caf\xe9\n2,th\xe9\n", "latin1")))).values["b"]).toEqual([
    "café",
    "thé",
  ]);
  const utf16 = Buffer.from("\ufeffa,b\n1,café\n2,Łódź\n", "utf16le");
  expect((await open(file("utf16.csv", utf16))).values["b"]).toEqual(["café", "Łódź"]);
  expect((await open(file("utf16be.csv", Buffer.from(utf16).swap16()))).values["b"]).toEqual(["café", "Łódź"]);
  const late = Buffer.from(
    csvLines("a,b", 20_000, (row) => (row === 19_000 ? `${row},caf\xe9` : `${row},x`)),
    "latin1",
  );
  const { values, notes } = await open(file("late.csv", late));
  expect(values["b"]?.[19_000]).toBe("café");
  expect(values["a"]).toHaveLength(20_000);
  expect(notes).toEqual([
    expect.stringMatching(
      /late.csv holds bytes that are no UTF-8, line 19002 first of all, and is read as Windows-1252/,
    ),
  ]);
});

test.each([
  ["at the beginning", 5],
  ["far behind", 19_000],
])("a damaged byte %s of a file in UTF-8 damages one cell, and is named", async (_, bad) => {
  const good = csvLines("a,b", 20_000, (row) => `${row},Müller`);
  const text = Buffer.from(good.replace(`\n${bad},Müller`, `\n${bad},M#ller`));
  text[text.indexOf("#")] = 0xf6;
  const path = file("damaged.csv", text);
  const latin = file("latin.csv", Buffer.from("a,b\n-1,Müller\n", "latin1"));
  const { values, notes } = await open([path, latin, file("clean.csv", good)]);
  expect(values["b"]?.[bad]).toBe("M\ufffdller");
  expect(values["b"]?.filter((value) => value === "Müller")).toHaveLength(40_000);
  expect(values["a"]).toHaveLength(40_001);
  expect(notes).toEqual([
    `${path} is UTF-8, and 1 line holds bytes that are not, line ${bad + 2} first of all; "\ufffd" is read in their place`,
    `${latin} holds bytes that are no UTF-8, line 2 first of all, and is read as Windows-1252`,
  ]);
});

test("columns without a name, with the same name, without a header", async () => {
  const path = file("names.csv", "a,b,a,\n1,2,3,4\n");
  const { values, notes } = await open(path);
  expect(values).toEqual({ a: [1], b: [2], a_1: [3], column3: [4] });
  expect(notes).toEqual([
    `${path} has more than one column a; column 3 is called a_1`,
    `column 4 of ${path} has no name and is called column3`,
  ]);
  const bare = file("bare.csv", "1,2\n3,4\n");
  expect(await open(bare)).toMatchObject({
    values: { column0: [1, 3], column1: [2, 4] },
    notes: [`${bare} has no line with the names of its columns, which are called column0 to column1`],
  });
  expect((await open(bare, { csv: { header: true } })).values).toEqual({ "1": [3], "2": [4] });
});

test("names and paths that would end a query are names and paths", async () => {
  const name = `it's "x"; DROP TABLE table_rows; --`;
  const path = file("it's [1]*.csv", `"${name.replaceAll('"', '""')}",b\n1,'; DROP TABLE raw\n2,y\n`);
  expect((await open(path)).values).toEqual({ [name]: [1, 2], b: ["'; DROP TABLE raw", "y"] });
});

test("rows of another length are left out, counted and named; more than a tenth is too many", async () => {
  const ragged = (every: number): string =>
    csvLines("a,b,c", 200, (row) =>
      row % every === 50 ? `${row},x` : row % every === 60 ? "1,2,3,4" : `${row},"x\ny",2.5`,
    );
  const few = file("few.csv", ragged(100));
  const { values, notes } = await open(few);
  expect(values["a"]).toHaveLength(196);
  // Quoted line ends make no lines of the table.
  expect(notes).toEqual([
    "4 of 200 rows do not fit the table and are left out:\n" +
      `  ${few}, line 52: has 2 columns instead of 3\n  ${few}, line 62: has 4 columns instead of 3\n  ${few}, line 152: has 2 columns instead of 3`,
  ]);
  const many = file(
    "many.csv",
    csvLines("a,b", 300, (row) => (row % 4 === 0 ? `${row}` : `${row},x`)),
  );
  expect(await refusal(many)).toMatch(
    /^UserError: 75 of 300 rows do not fit the table, which is more than 10 %:\n {2}.*many.csv, line 2: has 1 column instead of 2/,
  );
  expect((await open(many, { csv: { maxBadRows: 0.3 } })).values["a"]).toHaveLength(225);
  const unclosed = file(
    "unclosed.csv",
    csvLines('a,b\n1,"x', 20, (row) => `${row},x`),
  );
  expect(await refusal(unclosed)).toContain("line 2: has a quote that is not closed, or text behind one");
});

test("rows that are several columns too short or too long are named with the columns that they have", async () => {
  const odd = new Map([
    [5, "1"],
    [9, "1,2,3"],
    [13, "1,2,3,4,5,6,7,8"],
  ]);
  const path = file(
    "several.csv",
    csvLines("a,b,c,d,e", 100, (row) => odd.get(row) ?? `${row},2,3,4,5`),
  );
  expect((await open(path)).notes).toEqual([
    `3 of 100 rows do not fit the table and are left out:\n  ${path}, line 7: has 1 column instead of 5\n` +
      `  ${path}, line 11: has 3 columns instead of 5\n  ${path}, line 15: has 8 columns instead of 5`,
  ]);
});

test("rows of another length among blanks are left out, counted and named", async () => {
  const row = (index: number): string =>
    index === 5 ? "1 2" : index === 700 ? " 1  2 3 4" : index === 9 ? "" : `${index}  2\t3`;
  const path = file("ragged.data", csvLines("a b c", 1000, row));
  const { values, notes } = await open(path);
  expect(values["a"]).toHaveLength(997);
  expect(values["a"]?.slice(4, 8)).toEqual([4, 6, 7, 8]);
  expect(notes).toEqual([
    `2 of 999 rows do not fit the table and are left out:\n  ${path}, line 7: has 2 columns instead of 3\n` +
      `  ${path}, line 702: has 4 columns instead of 3`,
  ]);
  const ragged = file(
    "very-ragged.data",
    csvLines("a b c", 100_000, (index) => (index > 50_000 ? "1 2" : "1 2 3")),
  );
  expect(await refusal(ragged)).toContain("49,999 of 100,000 rows do not fit the table, which is more than 10 %");
});

test("texts among numbers: a few are missing values, many make a text of the column", async () => {
  const few = file(
    "few-words.csv",
    csvLines("kg,n", 400, (row) => `${row === 7 || row === 300 ? "See ASN-93" : row + 0.5},${row}`),
  );
  const read = await open(few);
  expect(read.types["kg"]).toBe("number");
  expect(read.values["kg"]?.slice(6, 9)).toEqual([6.5, undefined, 8.5]);
  expect(read.notes).toEqual([`kg holds 2 values that are no numbers, such as "See ASN-93"; read as missing`]);

  const many = file(
    "many-words.csv",
    csvLines("kg,n", 400, (row) => `${row % 5 === 0 ? "weighed elsewhere" : row},${row}`),
  );
  const text = await open(many);
  expect(text.types["kg"]).toBe("text");
  expect(text.notes).toEqual([
    'kg is read as text: 80 % of its values are numbers, and the others are not, such as "weighed elsewhere"; ' +
      '--types "kg=number" (in code: types) reads them as missing',
  ]);
  const forced = await open(many, { types: { kg: "number", n: "text" } });
  expect(forced.types).toEqual({ kg: "number", n: "text" });
  expect(forced.values["kg"]?.slice(0, 3)).toEqual([undefined, 1, 2]);
  expect(forced.notes).toEqual([
    `kg holds 80 values that are no numbers, such as "weighed elsewhere"; read as missing`,
  ]);
  expect(await refusal(many, { types: { Kg: "number" } })).toMatch(/given for the column "Kg", .* did you mean "kg"\?/);
});

test("where the rows that were looked at mislead, the column is text after all", async () => {
  const count = 60_000;
  const table = await openTable(
    file(
      "numbers.csv",
      csvLines("a,b", count, (row) => `${row},${row}`),
    ),
  );
  // Those that are looked at are every sixth by a hash, so that there are 10,000 of them: words in others are not seen at first.
  const unseen = await table.database.rows(
    "SELECT rowid::DOUBLE AS row FROM table_rows WHERE hash(rowid) % 6 <> 0 LIMIT 4000",
  );
  await table.close();
  const words = new Set(unseen.map(({ row }) => row));
  const path = file(
    "misleading.csv",
    csvLines("a,b", count, (row) => `${words.has(row) ? "n/k" : row},${row}`),
  );
  const { types, values, notes } = await open(path);
  expect(types).toEqual({ a: "text", b: "number" });
  expect(values["a"]?.filter((value) => value === "n/k")).toHaveLength(4000);
  expect(notes).toEqual([expect.stringMatching(/^a is read as text: 93 % of its values are numbers/)]);
});

test("thousands, currencies, units and codes", async () => {
  const rows = csvLines(
    "price;share;weight;zip;account;size",
    40,
    (row) =>
      `$1,${100 + row}.50;${row} %;${row}.5 kg;0${1000 + row};${row}2345678901234567890;${row}${row % 2 === 0 ? "S" : "M"}`,
  );
  const path = file("units.csv", rows);
  const { types, values, notes } = await open(path);
  expect(types).toEqual({
    price: "number",
    share: "number",
    weight: "number",
    zip: "text",
    account: "text",
    size: "text",
  });
  expect([values["price"]?.[3], values["share"]?.[3], values["weight"]?.[3], values["zip"]?.[3]]).toEqual([
    1103.5,
    3,
    3.5,
    "01003",
  ]);
  expect(notes.slice(0, 3)).toEqual([
    "price is read as numbers, in $",
    "share is read as numbers, in %",
    "weight is read as numbers, in kg",
  ]);
  expect(notes[3]).toMatch(/^zip holds codes and no quantities/);
  const table = await openTable(path);
  expect(table.columns.map(({ unit }) => unit)).toEqual(["$", "%", "kg", undefined, undefined, undefined]);
  await table.close();
});

test.each([
  ["2-Jun-06", "2006-06-02T00:00"],
  ["13/4/06", "2006-04-13T00:00"],
  ["4/13/2006 14:05", "2006-04-13T14:05"],
  ["March 5, 2021", "2021-03-05T00:00"],
  ["31.12.1999", "1999-12-31T00:00"],
  ["20210305", "2021-03-05T00:00"],
  ["2021-03-05T06:07:08Z", "2021-03-05T06:07"],
  ["18:55:00", "1970-01-01T18:55"],
])("%s is a date", async (text, expected) => {
  const path = file("date.csv", `n,when\n1,"${text}"\n2,"${text}"\n`);
  expect(await open(path)).toMatchObject({
    types: { when: "date" },
    values: { when: [expected, expected] },
    notes: [],
  });
});

test("dates that fit both orders of day and month are read as said, with a word about it", async () => {
  const path = file("ambiguous.csv", "n,when\n1,3/4/2020\n2,5/6/2020\n");
  const american = await open(path);
  expect(american.values["when"]).toEqual(["2020-03-04T00:00", "2020-05-06T00:00"]);
  expect(american.notes[0]).toContain("fit both day/month and month/day; they are read as month/day");
  expect((await open(path, { dayFirst: true })).values["when"]).toEqual(["2020-04-03T00:00", "2020-06-05T00:00"]);
});

test("many files are one table, by the names of their columns", async () => {
  const folder = join(dirname(file("x", "")), "parts");
  mkdirSync(join(folder, "deeper"), { recursive: true });
  const part = (name: string, text: string | Uint8Array): string => file(join("parts", name), text);
  const first = part("1.csv", "a,b\n1,x\n2,y\n");
  part("2.csv", "a,b\n3,z\n");
  const third = part("3.csv.gz", gzipSync("b;c;a\nw;7;4\n"));
  const empty = part(join("deeper", "4.csv"), "");
  part("notes.md", "no table");
  // Copies that an editor keeps are none of the user's rows.
  mkdirSync(join(folder, ".ipynb_checkpoints"));
  part(join(".ipynb_checkpoints", "1-checkpoint.csv"), "a,b\n1,x\n2,y\n");
  symlinkSync(folder, join(folder, "deeper", "loop"));
  const { values, notes } = await open(folder);
  expect(values).toEqual({ a: [1, 2, 3, 4], b: ["x", "y", "z", "w"], c: [undefined, undefined, undefined, 7] });
  expect(notes).toEqual([
    "1 link to a folder read already is left out: deeper/loop",
    `${empty} is empty`,
    `${first} and 1 more file have no column c, as other files do; there is no value in its place`,
  ]);
  expect((await open(join(folder, "*.csv"))).values["a"]).toEqual([1, 2, 3]);
  expect((await open(join(folder, "**/*.csv"))).values["a"]).toEqual([1, 2, 3]);
  const linked = join(dirname(folder), "linked");
  mkdirSync(linked);
  symlinkSync(folder, join(linked, "parts"));
  expect((await open(linked)).values["a"]).toEqual([1, 2, 3, 4]);
  expect((await open(join(folder, "{2,1}.csv"))).values["a"]).toEqual([1, 2, 3]);
  expect((await open(join(folder, "{1.csv,*.csv.gz}"))).values["a"]).toEqual([1, 2, 4]);
  expect((await open([third, first])).values["a"]).toEqual([4, 1, 2]);
  const other = file("other.csv", "x,y\n1,2\n");
  expect(await refusal([first, other])).toContain(
    `${other} has the columns x, y, and the files before it a, b: none is the same`,
  );
});

test("what is no table is refused with what to do", async () => {
  expect(await refusal("missing.csv")).toMatch(/^UserError: there is no file or folder missing.csv \(in /);
  expect(await refusal("missing/*.csv")).toMatch(
    /^UserError: there is no folder missing \(in .*, in which the pattern/,
  );
  expect(await refusal(file("empty.csv", ""))).toMatch(/empty.csv is empty$/);
  expect(await refusal(file("blank.csv", " \n\n"))).toMatch(/blank.csv is empty$/);
  expect(await refusal(file("header.csv", "a,b,c\n"))).toMatch(
    /header.csv has a header \(a, b, c\) and no rows; expected lines with values below it$/,
  );
  expect(await refusal(file("sheet.xlsx", "PK"))).toContain("is a spreadsheet; save its sheet as CSV");
  expect(await refusal(file("bytes.csv", Buffer.from([1, 0, 0, 2, 0, 3, 0, 0, 0, 9])))).toContain(
    "holds bytes that are no text",
  );
  expect(await refusal(file("cut.csv.gz", gzipSync("a,b\n1,2\n").subarray(0, 15)))).toContain(
    "is compressed by gzip, and damaged or cut off",
  );
  expect(await refusal(file("bad.parquet", "PAR1 not really"))).toContain("bad.parquet cannot be read as Parquet: ");
  expect(await refusal(file("bad.json", '[{"a": 1}, {"a": '))).toContain("bad.json cannot be read as JSON: ");
  expect(await refusal([file("one.csv", "a\n1\n"), file("one.json", '[{"a":1}]')])).toMatch(
    /is CSV and .* JSON; the files of one table/,
  );
});

test("a file of a million columns is refused before it costs anything", async () => {
  const header = Array.from({ length: 1e6 }, (_, index) => `c${index}`).join(",");
  const before = performance.now();
  expect(await refusal(file("wide.csv", `${header}\n${"1,".repeat(1e6)}\n`))).toMatch(
    /wide.csv has 1,000,000 columns; tables of up to 2,000 columns are read/,
  );
  expect(performance.now() - before).toBeLessThan(5000);
  expect(await refusal(file("endless.csv", "x".repeat(2 ** 24 + 1)))).toContain("does not end within 16 MiB");
});

test("a table of many columns is read in little memory", async () => {
  const columns = Array.from({ length: 600 }, (_, index) => index);
  const path = file(
    "many-columns.csv",
    csvLines(columns.map((column) => `c${column}`).join(","), 300, (row) =>
      columns.map((column) => row * column).join(","),
    ),
  );
  const table = await openTable(path, { memoryLimit: "180MB" });
  const [last] = await readColumns(table, 0, table.count, { columns: ["c599"] });
  expect(last?.values).toEqual(Float64Array.from({ length: 300 }, (_, row) => 599 * row));
  await table.close();
});

test("JSON and NDJSON: texts are looked into as those of CSV files, lists are left out", async () => {
  const rows = [
    { a: 1, b: "1,5", c: [1, 2], d: "2020-01-02", e: true, f: null },
    { a: 2.5, b: "2,5", c: [3], d: "2020-01-03", e: false, f: "NA" },
  ];
  for (const [name, text] of [
    ["rows.json", JSON.stringify(rows)],
    ["rows.ndjson", rows.map((row) => JSON.stringify(row)).join("\n")],
    ["rows", JSON.stringify(rows, undefined, 2)],
  ] as const) {
    const { values, notes } = await open(file(name, text));
    expect(values).toEqual({
      a: [1, 2.5],
      b: [1.5, 2.5],
      d: ["2020-01-02T00:00", "2020-01-03T00:00"],
      e: ["true", "false"],
      f: [undefined, undefined],
    });
    expect(notes[0]).toBe("column c holds lists, objects or bytes in each row and is left out");
  }
});

test("JSON that holds no table says so, and what to do", async () => {
  const rows = Array.from({ length: 5 }, (_, row) => ({ a: row }));
  expect(await refusal(file("wrapped.json", JSON.stringify({ rows, name: "x" })))).toMatch(
    /wrapped\.json holds a single object, of which "rows" is a list; expected a list of rows, or a row a line\. If that list/u,
  );
  const nested = rows.map((row) => ({ inner: row, list: [1, 2] }));
  expect(await refusal(file("nested.json", JSON.stringify(nested)))).toMatch(
    /only inner, list, which hold lists, objects or bytes; .* for instance with pandas\.json_normalize$/u,
  );
  const { values } = await open(file("single.json", '{"a": 1, "b": "x"}'));
  expect(values).toEqual({ a: [1], b: ["x"] });
});

test("closing removes what was written, and so does a signal that ends the opening", async () => {
  const path = file(
    "close.csv",
    csvLines("a,b", 1000, (row) => `${row},x`),
  );
  const table = await openTable(path);
  expect(existsSync(table.database.folder)).toBe(true);
  await table.close();
  expect(existsSync(table.database.folder)).toBe(false);
  const reason = new Error("enough");
  await expect(openTable(path, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  const controller = new AbortController();
  const opening = openTable(path, { signal: controller.signal });
  setTimeout(() => controller.abort(reason), 5);
  await expect(opening).rejects.toBe(reason);
  const transcoded = Buffer.from(`\ufeff${csvLines("a,b", 400_000, (row) => `${row},x`)}`, "utf16le");
  const large = file("large-utf16.csv", transcoded);
  const temporary = join(dirname(path), "temporary");
  mkdirSync(temporary);
  vi.stubEnv("TMPDIR", temporary);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const stopped = new AbortController();
  const reading = openTable(large, { signal: stopped.signal });
  const written = (): boolean =>
    readdirSync(temporary, { recursive: true }).some((name) => /text-\d+\.csv$/u.test(String(name)));
  await vi.waitUntil(written, { timeout: 10_000, interval: 1 });
  stopped.abort(reason);
  await expect(reading).rejects.toBe(reason);
  expect(readdirSync(temporary)).toEqual([]);
  await expect(openTable(path, { memoryLimit: "much" })).rejects.toThrow("expected a size such as 512MB or 2GB");
});
