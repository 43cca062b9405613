// Tables as they come: odd signs, odd rows, odd cells, and tables of another day. Each is trained on, or refused with what to do.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { noisy } from "../images/decode/testing/image-files.ts";
import { csvLines } from "../tables/testing/table-files.ts";
import { finiteFigures, refusal } from "./testing/outcome.ts";
import { runCli, type Result } from "./testing/run-cli.ts";
import { temporaryFolders } from "./testing/temporary-folder.ts";

const newFolder = temporaryFolders();
const QUICK = ["--epochs", "1", "--threads", "1", "--force"];
const HEADER = "size,price,colour";
const COLOURS = ["red", "green", "blue"];

let cwd: string;
beforeAll(() => {
  cwd = newFolder();
});

const put = (name: string, content: string | Uint8Array): void => writeFileSync(join(cwd, name), content);
const train = (source: string, ...words: string[]): Promise<Result> =>
  runCli(["train", source, ...QUICK, "--out", "run", ...words], { cwd });

const row = (index: number): string =>
  `${index % 7}.5,${((index * 37) % 50) + (index % 3)},${COLOURS[index % 3] ?? ""}`;

/** What a training on a table says of it, and how wide its rows became. */
async function trained(source: string, ...words: string[]): Promise<{ width: number; notes: string; data: object }> {
  const result = await train(source, ...words, "--json");
  finiteFigures(result);
  const { data } = JSON.parse(result.stdout) as { data: { shape: number[]; training: number } };
  return { width: data.shape[0] ?? 0, notes: result.stderr, data };
}

describe("files", () => {
  // A number each, and three colours.
  const plain = { width: 5, rows: { training: 90, validation: 10 } };

  test.each([
    ["bom.csv", `\uFEFF${csvLines(HEADER, 100, row)}`],
    ["semicolons.csv", csvLines("size;price;colour", 100, (index) => row(index).replaceAll(",", ";"))],
    ["commas.csv", csvLines("size;price;colour", 100, (index) => row(index).replaceAll(",", ";").replace(".", ","))],
    ["tabs.tsv", csvLines("size\tprice\tcolour", 100, (index) => row(index).replaceAll(",", "\t"))],
    ["returns.csv", csvLines(HEADER, 100, row).replaceAll("\n", "\r\n")],
    ["quoted.csv", csvLines(HEADER, 100, (index) => row(index).replace("green", '"light\ngreen, ""grass"""'))],
    ["Größen und Preise – 表.csv", csvLines(HEADER, 100, row)],
  ])("that are written in another way are read as well: %s", async (name, content) => {
    put(name, content);
    const { width, data } = await trained(name);
    expect(width).toBe(plain.width);
    expect(data).toMatchObject(plain.rows);
  });

  test("letters of Windows and of UTF-8 are the same", async () => {
    const content = csvLines("größe,preis,farbe", 100, (index) => row(index).replace("green", "grün"));
    put("windows.csv", Buffer.from(content, "latin1"));
    put("utf8.csv", content);
    for (const name of ["windows.csv", "utf8.csv"]) {
      expect((await trained(name)).width).toBe(plain.width);
      const back = await runCli(["reconstruct", "run", name, "--out", "back.csv", "--force"], { cwd });
      expect(back, back.stderr).toMatchObject({ code: 0 });
    }
  });

  test("some rows of another length are left out, named and counted", async () => {
    put(
      "ragged.csv",
      csvLines(HEADER, 100, (index) => ({ 7: "1,2", 9: "1,2,red,4" })[index] ?? row(index)),
    );
    const { notes, data } = await trained("ragged.csv");
    expect(notes).toMatch(
      /^ragged: 2 of 100 rows do not fit the table and are left out:\n {2}ragged\.csv, line 9: has 2 columns instead of 3\n {2}ragged\.csv, line 11: has 4 columns instead of 3$/mu,
    );
    expect(data).toMatchObject({ training: 88, validation: 10 });
  });

  test("many are an error that names the option, and that option works", async () => {
    put(
      "torn.csv",
      csvLines(HEADER, 99, (index) => (index % 3 === 1 ? "1,2,red,4,5" : row(index))),
    );
    const { error } = refusal(await train("torn.csv"));
    expect(error).toMatch(
      /^33 of 99 rows do not fit the table, which is more than 10 %:\n {2}torn\.csv, line 3: has 5 columns instead of 3\n(?:.*\n){2}Mend or remove them, or allow more with --unreadable 0\.34/u,
    );
    expect((await trained("torn.csv", "--unreadable", "0.34")).data).toMatchObject({ training: 59, validation: 7 });
    const evaluated = await runCli(["evaluate", "run", "torn.csv", "--json"], { cwd });
    finiteFigures(evaluated);
    expect(evaluated.stderr).toContain("33 of 99 rows do not fit the table and are left out");
  });

  test.each([
    ["empty.csv", "", /^empty\.csv is empty$/u],
    ["header.csv", `${HEADER}\n`, /^header\.csv has a header \(size, price, colour\) and no rows; expected lines/u],
    ["bytes.csv", Uint8Array.from({ length: 5000 }, (_, at) => (at * 7919) & 255), /holds bytes that are no text/u],
    ["one.csv", `${HEADER}\n${row(1)}\n`, /^there is 1 sample, and holding back 1 for validation leaves none/u],
    ["same.csv", csvLines("a,b", 20, () => "1,x"), /no column left to learn from: .*"a".*all its values are 1;.*"b"/u],
    ["book.xlsx", "PK", /^book\.xlsx is a spreadsheet; save its sheet as CSV/u],
    ["cut.parquet", "PAR1 and no more", /cut\.parquet/u],
    ["cut.csv.gz", Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0), /compressed by gzip, and damaged or cut off; get it/u],
    ["missing.csv", undefined, /^there is no file or folder missing\.csv .*; check the path$/u],
    [
      "missing/*.csv",
      undefined,
      /^there is no folder missing \(in .*\), in which the pattern missing\/\*\.csv begins$/u,
    ],
  ])("that are no tables to train on: %s", async (name, content, message) => {
    if (content !== undefined) put(name, content);
    expect(refusal(await train(name)).error).toMatch(message);
  });

  test("a million columns are refused at once", async () => {
    const line = (cell: (index: number) => string): string =>
      Array.from({ length: 1e6 }, (_, at) => cell(at)).join(",");
    put("wide.csv", `${line((at) => `c${at}`)}\n${line(() => "1")}\n`);
    const started = performance.now();
    expect(refusal(await train("wide.csv")).error).toMatch(
      /^wide\.csv has 1,000,000 columns; tables of up to [\d,]+ columns are read\. Did rows and columns change places\?/u,
    );
    expect(performance.now() - started).toBeLessThan(30_000);
  });
});

describe("cells and choices", () => {
  beforeAll(() => {
    put(
      "words.csv",
      csvLines(HEADER, 200, (index) => (index === 50 ? "3.5,free,red" : row(index))),
    );
    put(
      "mostly.csv",
      csvLines(HEADER, 200, (index) => (index % 4 === 0 ? "3.5,see contract,red" : row(index))),
    );
    put(
      "numbered.csv",
      csvLines(`id,${HEADER}`, 100, (index) => `${index + 1},${row(index)}`),
    );
  });

  test("single words among numbers are missing values, which is said", async () => {
    expect((await trained("words.csv")).notes).toContain(
      'words: price holds 1 value that is no number, such as "free"; read as missing',
    );
  });

  test("a column of numbers and words is text until the user says otherwise, for new rows as well", async () => {
    expect((await trained("mostly.csv")).notes).toContain(
      'such as "see contract"; --types "price=number" (in code: types) reads them as missing',
    );
    const { notes } = await trained("mostly.csv", "--types", "price=number");
    expect(notes).toContain('price holds 50 values that are no numbers, such as "see contract"; read as missing');
    const evaluated = await runCli(["evaluate", "run", "mostly.csv", "--json"], { cwd });
    finiteFigures(evaluated);
    expect(evaluated.stderr).toContain("price holds 50 values that are no numbers");
  });

  test("columns that number the rows are left out, with the option that keeps them", async () => {
    const { width, notes } = await trained("numbered.csv");
    expect(width).toBe(5);
    expect(notes).toContain('numbered: column "id" is left out: its 90 whole numbers from 1 to 100 are all different');
    expect(notes).toContain(
      'numbered: --types gives columns the roles number, category, date or ignore, such as --types "id=category"',
    );
    const kept = await trained("numbered.csv", "--types", "id=number", "--scaling", "minmax", "--ignore", "price");
    expect(kept.width).toBe(5);
    expect(kept.notes).not.toContain('"id" is left out');
  });

  test("a label is no input, and gives classes", async () => {
    const { width, data } = await trained("words.csv", "--label", "colour");
    expect(width).toBe(3);
    expect(data).toMatchObject({ classNames: ["blue", "green", "red"] });
  });

  test.each([
    [["--label", "prize"], 2, /the label was to be the column "prize", .*did you mean "price"\?/u],
    [["--group", "prize"], 2, /the group was to be the column "prize", .*did you mean "price"\?/u],
    [["--ignore", "prize"], 2, /left out was to be the column "prize", .*did you mean "price"\?/u],
    [["--types", "prize=number"], 2, /for the column "prize", which the table does not have; did you mean "price"\?/u],
    [
      ["--types", "price=foo"],
      2,
      /column "price" cannot be of the type "foo"\nA column may be number, date, dayfirst, monthfirst, category, text, ignore/u,
    ],
    [["--types", "price"], 2, /Expected column=type, such as zip=category; "price" came/u],
    [["--types", "colour=number"], 1, /column "colour" is to be a number, and it holds text, such as "/u],
    [["--scaling", "log"], 2, /'log' is invalid\. Known: standard, minmax, robust/u],
    [["--validation", "test"], 2, /comes in one piece and has no test part; hold rows back with --validation 0\.1/u],
    [["--validation", "500"], 1, /there are 200 samples, and holding back 500 for validation leaves none/u],
    [["--size", "32"], 2, /--size is for images, and words\.csv is read as a table; leave it out/u],
    [["--augment", "flip"], 2, /--augment flip changes images, and words\.csv is read as a table; .* noise and mixup/u],
    [["--label", "price", "--ignore", "price"], 2, /column "price" is to be left out, and to be the label/u],
    [["--count", "500"], 2, /words has 200 rows, and --count 500 asks for more/u],
    [["--split", "stratified"], 2, /--split stratified goes by classes: say with --label/u],
    [["--max-pixels", "9"], 2, /--max-pixels is for images, and words\.csv is read as a table; leave it out/u],
    [["--delimiter", "|"], 2, /divided by "\|", which does not occur in its first lines/u],
    [["--header", "perhaps"], 2, /Expected yes or no/u],
    [["--encoding", "utf-9"], 2, /a name such as "utf-8", "windows-1252" or "shift_jis"; "utf-9" came/u],
  ])("choices that do not fit a table: %j", async (words, expected, message) => {
    const { code, error } = refusal(await train("words.csv", ...words));
    expect(error).toMatch(message);
    expect(code).toBe(expected);
  });
});

describe("tables of another day", () => {
  const evaluate = (source: string): Promise<Result> => runCli(["evaluate", "model", source, "--json"], { cwd });

  beforeAll(async () => {
    put("orders.csv", csvLines(HEADER, 100, row));
    await train("orders.csv", "--out", "model");
  });

  test.each([
    ["moved", csvLines("colour,price,size", 20, (at) => row(at).split(",").toReversed().join(",")), /^$/u],
    [
      "more",
      csvLines(`${HEADER},weight`, 20, (at) => `${row(at)},${at}`),
      /^more: training had no column "weight", which makes no difference here$/mu,
    ],
    [
      "unseen",
      csvLines(HEADER, 20, (at) => (at % 2 === 0 ? row(at) : `1.5,${at},violet`)),
      /^unseen: column "colour" has category "violet" that training did not have, in 10 of 20 rows$/mu,
    ],
    [
      "holes",
      csvLines(HEADER, 20, (at) => (at % 2 === 0 ? row(at) : `,${at},red`)),
      /^holes: column "size" has no value in 10 of 20 rows; in training it always had one$/mu,
    ],
    [
      "word",
      csvLines(HEADER, 200, (at) => (at === 50 ? "3.5,free,red" : row(at))),
      /^word: price holds 1 value that is no number, such as "free"; read as missing$/mu,
    ],
  ])("that the run can be used on: %s", async (name, content, note) => {
    put(`${name}.csv`, content);
    const result = await evaluate(`${name}.csv`);
    finiteFigures(result);
    expect(result.stderr).toMatch(note);
  });

  test.each([
    [
      "lacking",
      csvLines("size,colour", 20, (at) => row(at).replace(/,\d+,/u, ",")),
      /column "price", which training had, is not in the table; add it, with empty cells/u,
    ],
    [
      "renamed",
      csvLines("size,prize,colour", 20, row),
      /column "price", which training had, is not .*; there is "prize", which may have to be renamed$/u,
    ],
    [
      "words-now",
      csvLines(HEADER, 20, (at) => `${at}.5,cheap,red`),
      /column "price" held numbers in training, and text came: "cheap" in row 1; mend such values/u,
    ],
    ["header-now", `${HEADER}\n`, /has a header \(size, price, colour\) and no rows/u],
  ])("that it cannot be used on: %s", async (name, content, message) => {
    put(`${name}.csv`, content);
    const { code, stdout } = await evaluate(`${name}.csv`);
    expect(JSON.parse(stdout)).toMatchObject({ error: { kind: "failure", message: expect.stringMatching(message) } });
    expect(code).toBe(1);
  });

  test("and data of another kind", async () => {
    mkdirSync(join(cwd, "photos"));
    for (let number = 0; number < 20; number++)
      put(`photos/${number}.jpg`, await noisy(20, 20, number).jpeg().toBuffer());
    const use = (run: string, source: string): Promise<Result> => runCli(["evaluate", run, source], { cwd });
    expect(refusal(await use("model", "photos"))).toEqual({
      code: 2,
      error: "the run was made with a table, and photos is read as images; give data like the run's",
    });
    expect(refusal(await use("model", "wardrobe"))).toEqual({
      code: 2,
      error: "the run was made with a table, and wardrobe is read as arrays; give data like the run's",
    });
    expect(await train("photos", "--out", "of-photos")).toMatchObject({ code: 0 });
    expect(refusal(await use("of-photos", "orders.csv"))).toEqual({
      code: 2,
      error: "the run was made with images, and orders.csv is read as a table; give data like the run's",
    });
  });
});
