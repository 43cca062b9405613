// Tables to train on, and tables of another day: what cannot be used and what differs has its own message.
import { tables, type Dataset } from "@sandglass/core";
import { beforeAll, describe, expect, test } from "vitest";
import { userError } from "../../data/testing/test-folder.ts";
import { csvLines, tableFiles } from "../../tables/testing/table-files.ts";
import type {
  DataChoices,
  OpenServices,
  Preparation,
  PreparedData,
  TrainingRequest,
  UsableData,
} from "../source-kind.ts";
import { openForUse } from "../sources.ts";
import { tableSource } from "./table-source.ts";

const file = tableFiles();
const services: OpenServices = { dataDir: undefined, note: () => undefined, signal: new AbortController().signal };

const HEADER = "weight,pieces,city,day,late";
const CITIES = ["Paris", "Rome", "Oslo"];
const row = (index: number): string =>
  `${((index * 37) % 91) / 4 + 0.25} kg,${index % 9},${CITIES[index % 3]},2021-03-${String(1 + (index % 28)).padStart(2, "0")},${index % 4 === 0 ? "yes" : "no"}`;
const table = (change: (line: string, index: number) => string = (line) => line, header = HEADER): string =>
  csvLines(header, 60, (index) => change(row(index), index));
/** The lines with only some of the columns, in another order. */
const only = (...names: string[]): string => {
  const places = names.map((name) => HEADER.split(",").indexOf(name));
  return table((line) => places.map((place) => line.split(",")[place]).join(","), names.join(","));
};

function train(
  content: string,
  choices: DataChoices = {},
  validation?: TrainingRequest["validation"],
): Promise<PreparedData> {
  return tableSource.openForTraining(file("train.csv", content), { choices, validation, seed: 0 }, services);
}

describe("tables of another day", () => {
  let preparation: Extract<Preparation, { kind: "table" }>;
  let features: Dataset["values"];

  beforeAll(async () => {
    const data = await train(table(), { label: "late" }, 0);
    if (data.preparation.kind !== "table") throw new Error(data.preparation.kind);
    preparation = data.preparation;
    features = (data.training as Dataset).values;
  });

  const use = (content: string, name = "other.csv"): Promise<UsableData> =>
    openForUse(file(name, content), preparation, { half: "test", count: undefined, seed: 0 }, services);

  test.each([
    ["the same", table(), "same.csv"],
    ["another order of columns, without the label", only("day", "city", "pieces", "weight"), "order.csv"],
    [
      "semicolons and a decimal comma",
      table()
        .replaceAll(",", ";")
        .replaceAll(/(\d)\.(\d)/gu, "$1,$2"),
      "comma.csv",
    ],
    ["tabs", table().replaceAll(",", "\t"), "tabs.tsv"],
    ["a byte order mark and carriage returns", `\uFEFF${table().replaceAll("\n", "\r\n")}`, "windows.csv"],
    ["quotes", table().replaceAll(/([A-Z][a-z]+)/gu, '"$1"'), "quotes.csv"],
    ["days written another way", table().replaceAll(/2021-03-(\d\d)/gu, "$1.03.2021"), "days.csv"],
  ])("%s: the same features", async (_, content, name) => {
    const { data, notes } = await use(content, name);
    expect((data as Dataset).values).toEqual(features);
    expect(notes.filter((note) => !note.includes("is read as"))).toEqual([]);
  });

  test("rows have their classes where the label is there, and no class is new", async () => {
    const same = await use(table());
    expect(same.data.classNames).toEqual(["no", "yes"]);
    expect(Array.from(same.data.labels ?? []).slice(0, 5)).toEqual([1, 0, 0, 0, 1]);
    expect((await use(only("day", "city", "pieces", "weight"))).data.labels).toBeUndefined();
    const other = await use(table().replaceAll(",no", ",perhaps"));
    expect(other.data.labels).toBeUndefined();
    expect(other.notes).toContain(
      'column "late", the label, has "perhaps", which is no class of the training; no row has a class here',
    );
  });

  test.each([
    [
      "a column more",
      table((line, index) => `${line},${index}`, `${HEADER},extra`),
      /^training had no column "extra"/u,
    ],
    [
      "unseen categories",
      table().replaceAll("Rome", "Bern"),
      /^column "city" has category "Bern" .*in 20 of 60 rows$/u,
    ],
    [
      "missing values",
      table((line, index) => (index < 3 ? line.replace(/^[^,]*/u, "") : line)),
      /^column "weight" has no value in 3 of 60 rows; in training/u,
    ],
    [
      "another unit that it names",
      table().replaceAll(" kg", " lb"),
      /^column "weight" is in lb here, and was in kg in training; .*convert them/u,
    ],
    [
      "another unit that it does not name",
      table((line) => line.replace(/^([\d.]+) kg/u, (_, kilos) => `${1000 * Number(kilos)}`)),
      /^column "weight" lies far from what it was in training, in (?:5\d|60) of 60 rows; if it is in another unit/u,
    ],
  ])("%s: used, and said", async (_, content, message) => {
    const { notes, data } = await use(content);
    expect(data.count).toBe(60);
    expect(notes.filter((note) => !note.includes("is read as"))).toEqual([expect.stringMatching(message)]);
  });

  test("what can be read in two ways is read as in training", async () => {
    const lines = (row: (index: number) => string): string => csvLines("when;price", 40, row);
    const trained = await train(lines((index) => `${13 + (index % 9)}/04/2020;${index}.234,5`));
    const { preparation: saved } = trained;
    if (saved.kind !== "table") throw new Error(saved.kind);
    expect(saved.readings).toMatchObject({ when: { dayFirst: true }, price: { notation: "decimalComma" } });
    const encoder = new tables.TableEncoder(saved.preprocessing);
    const cells = async (content: string): Promise<{ values: unknown[]; notes: readonly string[] }> => {
      const path = file("again.csv", content);
      const copy = JSON.parse(JSON.stringify(saved)) as typeof saved;
      const { data, notes } = await openForUse(path, copy, { half: "test", count: undefined, seed: 0 }, services);
      const columns = encoder.inverse((data as Dataset).values as Float32Array);
      return { values: columns.map((column) => column.values[0]), notes };
    };
    const april = expect.closeTo(Date.UTC(2020, 3, 3) / 1e7, 0) as unknown;
    const thousand = expect.closeTo(1234, 1) as unknown;
    const rounded = ([when, price]: unknown[]): unknown[] => [Number(when) / 1e7, price];
    const same = await cells("when,price\n03/04/2020,1.234\n05/04/2020,2.345\n");
    expect(rounded(same.values)).toEqual([april, thousand]);
    expect(same.notes.filter((note) => note.includes("fit both") || note.includes("is read"))).toEqual([]);
    const short = await cells("when;price\n03/04/20;1234\n05/04/20;2345\n");
    expect(rounded(short.values)).toEqual([april, thousand]);
    const misfit = await cells(`${lines(() => "03/04/2020;1.234")}\n3 April;1.234`);
    expect(misfit.notes).toContain('when holds 1 value that is no date, such as "3 April"; read as missing');
    const american = await cells(lines((index) => `04/${13 + (index % 9)}/2020;1.5`));
    expect(american.notes.slice(0, 2)).toEqual([
      "when is read as dates such as 03/31/2021, and was as dates such as 31/03/2021 in training",
      "price is read as numbers such as 1234.5, and was as numbers such as 1.234,5 in training",
    ]);
  });

  test.each([
    ["a fraction, where training had fractions with a point", "1.234", 1.234],
    ["a thousand, where training divided thousands", '"1,234.5"', 1234],
  ])("1,234 among semicolons is %s", async (_, inTraining, value) => {
    const { preparation: saved } = await train(
      csvLines("pieces,price", 40, (row) => `${row % 7},${inTraining.replace("1", `${1 + (row % 9)}`)}`),
    );
    if (saved.kind !== "table") throw new Error(saved.kind);
    const path = file(
      "semicolons.csv",
      csvLines("pieces;price", 40, (row) => `${row % 7};1,234`),
    );
    const { data } = await openForUse(path, saved, { half: "test", count: undefined, seed: 0 }, services);
    const columns = new tables.TableEncoder(saved.preprocessing).inverse((data as Dataset).values as Float32Array);
    expect(columns.find(({ name }) => name === "price")?.values[0]).toBeCloseTo(value, 2);
  });

  test.each([
    [
      "a column less",
      only("weight", "pieces", "city"),
      /^column "day", which training had, is not in the table; add it, with empty cells/u,
    ],
    [
      "a column of another name",
      table().replace("pieces", "peices"),
      /^column "pieces", .* there is "peices", which may have to be renamed$/u,
    ],
    [
      "no header",
      table().split("\n").slice(1).join("\n"),
      /^none of the 4 columns that training had \(weight, pieces, city, day\) is in the table, which has .*; give a table .* in the first line$/u,
    ],
    [
      "text for numbers",
      table((line) => line.replace(/^[^,]*/u, "heavy")),
      /^column "weight" held numbers in training, and text came: "heavy" in row 1; mend/u,
    ],
    [
      "text for dates",
      table().replaceAll(/2021-03-\d\d/gu, "soon"),
      /^column "day" held dates in training, and text came: "soon" in row 1; mend/u,
    ],
  ])("%s: refused", async (_, content, message) => {
    const { message: said, exitCode } = await userError(use(content));
    expect(said).toMatch(message);
    expect(exitCode).toBe(1);
  });

  test("all that is wrong is said at once", async () => {
    const { message } = await userError(use(only("city", "late")));
    expect(message.split("\n")).toHaveLength(3);
  });
});

describe("tables that nothing can be learned from", () => {
  const texts = csvLines("id,remark", 200, (index) => `n${index},"what was said in call ${index}, at some length"`);

  test.each([
    [
      "one row",
      table().split("\n").slice(0, 2).join("\n"),
      {},
      0,
      /^train has 1 row to train on; a model learns from how rows differ/u,
    ],
    [
      "two rows",
      table().split("\n").slice(0, 3).join("\n"),
      {},
      undefined,
      /^train has 1 row to train on, and 1 row to validate with; a model/u,
    ],
    [
      "names and texts alone",
      texts,
      {},
      undefined,
      /no column left to learn from: column "id" .*column "remark" .*\nRoles are given with --types, such as --types id=category$/u,
    ],
    [
      "constants alone",
      csvLines("a,b", 50, () => "1,x"),
      {},
      undefined,
      /no column left to learn from: column "a" is left out: all its values are 1; column "b" .*"x"$/u,
    ],
    [
      "the label alone",
      csvLines("a", 50, (index) => `${index % 3}`),
      { label: "a" },
      undefined,
      /no column left to learn from: column "a" is left out: it is the label$/u,
    ],
    [
      "all that is left is ignored",
      table(),
      { ignore: HEADER.split(",") },
      undefined,
      /no column left to learn from: column "weight" is left out: as you asked/u,
    ],
  ] as const)("%s", async (_, content, choices, validation, message) => {
    const { message: said, exitCode } = await userError(train(content, choices, validation));
    expect(said).toMatch(message);
    expect(exitCode).toBe(1);
  });
});

describe("choices that do not fit the table", () => {
  test.each([
    [
      "an unknown label",
      { label: "lat" },
      /^the label was to be the column "lat", which train does not have; did you mean "late"\?\nIts columns: weight, /u,
    ],
    [
      "an unknown group",
      { group: "citty" },
      /^the group was to be the column "citty", which train does not have; did you mean "city"\?/u,
    ],
    [
      "an unknown column to ignore",
      { ignore: ["wieght"] },
      /^left out was to be the column "wieght", .*did you mean "weight"\?/u,
    ],
    [
      "an unknown column with a type",
      { types: { wieght: "number" } },
      /^a type was given for the column "wieght", .*did you mean "weight"\?/u,
    ],
    [
      "an unknown column with the type ignore",
      { types: { wieght: "ignore" } },
      /^left out was to be the column "wieght", .*did you mean "weight"\?/u,
    ],
    [
      "an unknown type",
      { types: { weight: "float" } },
      /^column "weight" cannot be of the type "float"\nA column may be number, date, dayfirst, monthfirst, category, text, ignore/u,
    ],
    [
      "a mistyped type",
      { types: { city: "categry" } },
      /^column "city" cannot be of the type "categry"; did you mean "category"\?/u,
    ],
    [
      "a label that is to be left out",
      { label: "late", ignore: ["late"] },
      /^column "late" is to be left out, and to be the label; the model does not see a label anyway: say one of the two$/u,
    ],
    [
      "the same by its type",
      { label: "late", types: { late: "ignore" } },
      /^column "late" is to be left out, and to be the label/u,
    ],
    [
      "a column that is to be left out and to be something",
      { ignore: ["city"], types: { city: "category" } },
      /^column "city" is to be left out, and to be of the type category; it can only be one/u,
    ],
    ["more rows than there are", { count: 61 }, /^train has 60 rows, and --count 61 asks for more$/u],
    ["classes to go by without a label", { split: "stratified" }, /^--split stratified goes by classes/u],
    [
      "the last rows and whole groups",
      { split: "last", group: "city" },
      /^--split last cuts where the number of rows says, and --group city keeps rows together/u,
    ],
  ] as const)("%s", async (_, choices, message) => {
    const { message: said, exitCode } = await userError(train(table(), choices));
    expect(said).toMatch(message);
    expect(exitCode).toBe(2);
  });

  test("a group where no rows are held back", async () => {
    const { message, exitCode } = await userError(train(table(), { group: "city" }, 0));
    expect(message).toMatch(
      /^--group city says which rows are held back, and --validation 0 holds none back; leave one of them out$/u,
    );
    expect(exitCode).toBe(2);
  });
});

describe("some rows", () => {
  test("so many are drawn, and the last ones held back", async () => {
    const { training, validation } = await train(table(), { count: 30, split: "last" }, 0.2);
    expect([training.count, validation?.count]).toEqual([24, 6]);
  });

  test("where a run is used, the first ones", async () => {
    const { preparation } = await train(table(), {}, 0);
    const path = file("first.csv", table());
    const [all, first] = [await openForUse(path, preparation), await openForUse(path, preparation, { count: 7 })];
    expect([all.data.count, first.data.count]).toEqual([60, 7]);
    const width = all.data.shape[0] as number;
    expect((first.data as Dataset).values).toEqual((all.data as Dataset).values.subarray(0, 7 * width));
  });
});

describe("how a text is written", () => {
  const german = table().replaceAll(",", "|").replaceAll(".", ",");

  test("is kept, and another table is read alike, unless it is written in another way", async () => {
    const choices = { delimiter: "|", decimal: "," } as const;
    const { preparation } = await train(german, choices, 0);
    expect(preparation).toMatchObject({ reading: choices });
    const { data } = await openForUse(file("german.csv", german), preparation);
    expect(data.count).toBe(60);
    const plain = file("plain.csv", table());
    await expect(openForUse(plain, preparation)).rejects.toThrow(/divided by "\|", which does not occur/u);
    const other = await openForUse(plain, preparation, { delimiter: ",", decimal: "." });
    expect((other.data as Dataset).values).toEqual((data as Dataset).values);
  });
});

describe("what trains all the same", () => {
  test("without validation all rows are trained on", async () => {
    const { training, validation } = await train(table(), {}, 0);
    expect([training.count, validation]).toEqual([60, undefined]);
  });

  test("a label of one class", async () => {
    const { training, notes } = await train(
      csvLines("a,b", 50, (index) => `${index % 7},x`),
      { label: "b" },
    );
    expect(training.classNames).toEqual(["x"]);
    expect(notes[0]).toBe("column b, the label, has the same value in all rows: there are no classes to tell apart");
  });

  test("a label of numbers that hardly come twice", async () => {
    const content = csvLines("a,b", 50, (index) => `${index % 7},${index * 1.5}`);
    const { training, validation, notes } = await train(content, { label: "b" });
    expect([training.count, validation?.count, training.labels]).toEqual([45, 5, undefined]);
    expect(notes[0]).toBe("column b, the label, has 50 different values in 50 rows, so no classes are made of it");
  });

  test.each([
    ["dayfirst", true],
    ["monthfirst", false],
  ])("dates of either order are %s", async (word, dayFirst) => {
    const content = csvLines("when,a", 50, (index) => `${1 + (index % 12)}/${1 + (index % 11)}/2020,${index % 7}`);
    const { preparation, notes } = await train(content, { types: { when: word } });
    expect(preparation).toMatchObject({ readings: { when: { dayFirst } } });
    expect(notes.filter((note) => note.includes("fit both"))).toEqual([]);
    expect((await train(content)).notes).toContain(
      "when has dates that fit both day/month and month/day; they are read as month/day; " +
        '--types "when=dayfirst" (in code: dayFirst) reads them the other way',
    );
  });

  test("columns that are left out for what they look like, with the option that keeps them", async () => {
    const content = csvLines("id,a", 50, (index) => `${index + 1},${index % 7}`);
    expect((await train(content)).training.shape).toEqual([1]);
    const kept = await train(content, { types: { id: "number" }, ignore: ["a"] });
    expect(kept.preparation).toMatchObject({ preprocessing: { columns: [{ name: "id" }] } });
  });
});
