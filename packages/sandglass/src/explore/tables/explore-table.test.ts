// What was planted is found, said in plain words, and fits the training that is advised.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Exploration } from "../exploration.ts";
import { explore } from "../explore.ts";
import { exploreServices } from "../images/testing/explore-services.ts";
import { renderExploration } from "../render-exploration.ts";
import { MISSING_TOGETHER, plantedCsv, ROWS, UNKNOWN_AGES, UNUSUAL_ROW } from "./testing/planted-table.ts";

const folder = mkdtempSync(join(tmpdir(), "sandglass explore é "));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const services = exploreServices();

async function look(content: string, choices = {}, name = "orders.csv"): Promise<Exploration> {
  const path = join(folder, name);
  writeFileSync(path, content);
  return explore(path, { choices, augment: undefined, seed: 3 }, await services());
}

describe("a table with faults", () => {
  let exploration: Exploration;
  let figures: Record<string, unknown>;
  beforeAll(async () => {
    exploration = await look(plantedCsv(), { label: "late" });
    figures = exploration.figures as Record<string, unknown>;
  });

  const reasonOf = (pattern: RegExp): string =>
    exploration.advice
      .map(({ weight, reason, text }) => `${weight}: ${reason} ${text}`)
      .find((line) => pattern.test(line)) ?? "";

  test("identifiers and constants are named", () => {
    expect(figures["columns"]).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: "order_id", role: "left out", reason: "identifier" }),
        expect.objectContaining({ name: "always", role: "left out", reason: "constant" }),
        expect.objectContaining({ name: "late", role: "left out", reason: "label" }),
        expect.objectContaining({ name: "size", role: "number", missing: 0 }),
      ]),
    );
    expect(reasonOf(/seems only to name/u)).toContain('"order_id"');
  });

  test("a column that gives the label away is serious, and no other column is suspected", () => {
    expect(figures["labelLeaks"]).toEqual([{ column: "score", strength: 1 }]);
    expect(reasonOf(/away/u)).toMatch(/^serious: "score" gives "late" away/u);
  });

  test("a column in other units is a copy; one that merely grows with another is told as such", () => {
    const pairs = figures["nearlyTheSame"] as { one: string; other: string; pearson: number; spearman: number }[];
    const pair = (one: string, other: string): (typeof pairs)[number] | undefined =>
      pairs.find((found) => found.one === one && found.other === other);
    expect(pair("price", "cents")?.pearson).toBeCloseTo(1, 6);
    expect(pair("price", "rank")?.spearman).toBeCloseTo(1, 4);
    expect(pair("price", "rank")?.pearson).toBeLessThan(0.9);
    expect(pairs.some(({ one, other }) => `${one} ${other}`.includes("age"))).toBe(false);
    expect(reasonOf(/straight line/u)).toContain('"cents" follows from "price"');
  });

  test("categories in other words are the same", () => {
    expect(figures["equalCategories"]).toEqual([{ one: "region", others: ["region_code"] }]);
  });

  test("columns that are missing together are a group, with the rows in which they are", () => {
    expect(figures["missingTogether"]).toEqual([{ columns: ["ordered", "shipped"], rows: MISSING_TOGETHER }]);
    expect(reasonOf(/same rows/u)).toContain(`${MISSING_TOGETHER} of them`);
  });

  test("numbers that stand for nothing, and numbers among words, are told with an example", () => {
    expect(figures["standIns"]).toEqual([{ column: "age", value: -999, count: UNKNOWN_AGES }]);
    expect(figures["mixed"]).toEqual([{ column: "note", numbers: 400, texts: 200, example: "unknown" }]);
    expect(reasonOf(/stands in/u)).toContain('−999 stands in 12 rows of "age"');
    expect(reasonOf(/both numbers and text/u)).toContain('200 values that are no numbers, such as "unknown"');
  });

  test("customers have several rows each", () => {
    expect(figures["repeatedKeys"]).toEqual([{ column: "customer_id", distinct: 60, rowsEach: 10 }]);
  });

  test("dates have their range, and the gap in them", () => {
    expect(figures["dates"]).toEqual([
      {
        column: "day",
        min: Date.UTC(2024, 0, 1),
        max: Date.UTC(2024, 0, 260),
        days: 200,
        usualStep: 1,
        longest: { days: 61, from: Date.UTC(2024, 0, 100), to: Date.UTC(2024, 0, 161) },
      },
    ]);
    expect(reasonOf(/no dates/u)).toContain("61 days, from 2024-04-09 to 2024-06-09");
  });

  test("the row whose weight does not fit its size is among the most unusual, with what was to be expected", () => {
    const { rows } = figures["unusual"] as {
      rows: { row: number; values: { column: string; value: number; expected: number; share: number }[] }[];
    };
    const planted = rows.find(({ row }) => row === UNUSUAL_ROW + 1);
    const odd = planted?.values.find(({ column }) => column === "weight");
    expect(odd!.value - odd!.expected).toBeGreaterThan(15);
    expect(exploration.sections.map(({ title }) => title)).toContain("The most unusual rows");
  });

  test("the training leaves out what is there twice and what gives the label away, and keeps customers together", () => {
    const { command = [] } = exploration;
    const option = (name: string): string | undefined => command[command.indexOf(name) + 1];
    expect(command.slice(0, 2)).toEqual(["train", join(folder, "orders.csv")]);
    expect(option("--label")).toBe("late");
    expect(option("--ignore")!.split(",").toSorted()).toEqual(["cents", "customer_id", "region_code", "score"]);
    expect(option("--group")).toBe("customer_id");
    expect(option("--scaling")).toBe("robust");
  });

  test("the page has a card for each column, the correlations, and what is odd", async () => {
    const page = await renderExploration(exploration);
    expect(page.match(/<article/gu)).toHaveLength(18);
    expect(page).toContain("gives the label away");
    expect(page).toContain('class="card heat"');
    expect(page).toContain("−999 for nothing?");
    expect(page).not.toMatch(/undefined|NaN|\[object/u);
  });

  test("the summary says how many rows and columns there are", () => {
    const summary = new Map(exploration.summary);
    expect(summary.get("data")).toMatch(
      new RegExp(`orders: ${ROWS} rows of 18 columns; a training learns from 14`, "u"),
    );
    expect(summary.get("left out")).toContain("order_id (identifier)");
    expect(summary.get("missing together")).toBe("ordered + shipped");
    expect(summary.get("gives it away")).toBe("score");
  });
});

test("a label is guessed by its name, and said to be a guess", async () => {
  const lines = Array.from(
    { length: 60 },
    (_, row) => `${(row * 37) % 60},${(row * 11) % 7},${["a", "b", "c"][row % 3]}`,
  );
  const { figures, advice, command = [] } = await look(["x,y2,species", ...lines].join("\n"), {}, "guess.csv");
  expect(figures).toMatchObject({ label: { name: "species", isGuess: true, isLikely: true } });
  expect(advice.map(({ reason }) => reason).join(" ")).toMatch(/"species" may be the label.*This is a guess/u);
  expect(command.slice(2)).toEqual(["--label", "species"]);
});

test("a last column of several values may be the label, and is left to the user", async () => {
  const lines = Array.from({ length: 60 }, (_, row) => `${(row * 37) % 60},${["a", "b", "c"][row % 3]}`);
  const { figures, command } = await look(["x,town", ...lines].join("\n"), {}, "town.csv");
  expect(figures).toMatchObject({ label: { name: "town", isGuess: true, isLikely: false } });
  expect(command).toHaveLength(2);
});

test("what the user chose stays", async () => {
  const choices = {
    label: "late",
    ignore: ["note"],
    scaling: "minmax" as const,
    group: "region",
    types: { age: "category" },
  };
  const { command = [] } = await look(plantedCsv(), choices);
  const option = (name: string): string | undefined => command[command.indexOf(name) + 1];
  expect(option("--scaling")).toBe("minmax");
  expect(option("--group")).toBe("region");
  expect(option("--types")).toBe("age=category");
  expect(option("--ignore")!.split(",")).toEqual(expect.arrayContaining(["note", "cents", "score"]));
  expect(option("--ignore")).not.toContain("customer_id");
});

test("choices that do not fit the table are the user's to mend", async () => {
  const wrong = (choices: object): Promise<unknown> =>
    look(plantedCsv(), choices).then(
      () => "no error",
      (error: unknown) => (error as Error).message,
    );
  expect(await wrong({ label: "lat" })).toMatch(/no column "lat".*"late"/u);
  expect(await wrong({ group: "customer" })).toMatch(
    /the group was to be the column "customer", which orders does not have; did you mean "customer_id"\?/u,
  );
  expect(await wrong({ types: { price: "money" } })).toMatch(/^column "price" cannot be of the type "money"/u);
  expect(await wrong({ size: "64" })).toMatch(/--size is for images/u);
});

test("a table without a column to learn from is looked at all the same", async () => {
  const { advice, figures } = await look(
    ["id,unit", ...Array.from({ length: 40 }, (_, row) => `${row},kg`)].join("\n"),
    {},
    "ids.csv",
  );
  expect(figures).toMatchObject({ rows: 40 });
  expect(advice[0]).toMatchObject({ weight: "serious" });
  expect(advice[0]?.reason).toMatch(/^No column is left to learn from/u);
});

test("texts among numbers are advised to be read as numbers", async () => {
  const lines = Array.from(
    { length: 200 },
    (_, row) => `${row % 10 === 0 ? "see below" : (row * 37) % 101},${(row * 13) % 17}`,
  );
  const { command = [], advice } = await look(["weight,b", ...lines].join("\n"), {}, "mixed.csv");
  expect(command.slice(2)).toEqual(["--types", "weight=number"]);
  expect(advice.map(({ reason }) => reason).join(" ")).toContain('20 values that are no numbers, such as "see below"');
});

test("duplicate rows are counted, and those that only an identifier tells apart", async () => {
  const lines = Array.from({ length: 80 }, (_, row) => `${row},${(row % 40) * 3},${(row % 40) * 7}`);
  const { figures, advice } = await look(["id,a,b", ...lines].join("\n"), {}, "twice.csv");
  expect(figures).toMatchObject({ duplicates: { rows: 0, apartFromIdentifiers: 40 } });
  expect(advice.map(({ reason }) => reason)).toContain(
    "40 rows differ from an earlier one only by identifiers (50.0 %).",
  );
});

test("where some values are too far out for quartiles, logarithms are advised instead", async () => {
  const of = (far: number): Promise<Exploration> => {
    const lines = Array.from({ length: 300 }, (_, row) => `${row === 9 ? far : (row * 37) % 101},${(row * 13) % 17}`);
    return look(["amount,b", ...lines].join("\n"), {}, "far.csv");
  };
  expect((await of(3000)).command?.slice(2)).toEqual(["--scaling", "robust"]);
  const far = await of(300_000);
  expect(far.command).toHaveLength(2);
  expect(far.advice.find(({ reason }) => reason.startsWith('Values of "amount"'))?.text).toContain("take logarithms");
});

test("of very many columns those are shown of which most is odd, in the order of the table", async () => {
  const names = Array.from({ length: 100 }, (_, column) => `m${column}`);
  const lines = Array.from({ length: 60 }, (_, row) =>
    names.map((_, column) => (column === 90 && row % 2 === 0 ? "" : (row * (column + 7) * 31) % 97)).join(","),
  );
  const { sections, command } = await look([names.join(","), ...lines].join("\n"), {}, "wide.csv");
  const [{ parts }] = sections as unknown as [{ parts: { content: { cards: { name: string }[] } }[] }];
  const cards = parts[0]!.content.cards.map(({ name }) => Number(name.slice(1)));
  expect(cards).toHaveLength(60);
  expect(cards).toContain(90);
  expect(cards).toEqual(cards.toSorted((a, b) => a - b));
  expect(command).toHaveLength(2);
});

test("of one row, or of none to learn from, no training is advised that would fail", async () => {
  const one = await look("a,b,c\n1,2,x\n", {}, "one.csv");
  expect(one.command).toBeUndefined();
  expect(one.advice.map(({ reason }) => reason)).toEqual(["There is only 1 row."]);
  const same = await look(["a", ...Array.from({ length: 30 }, () => "5")].join("\n"), {}, "same.csv");
  expect(same.command).toBeUndefined();
});

test("of few rows none are held back, whatever keeps them together", async () => {
  const lines = Array.from({ length: 9 }, (_, row) => `${row % 3},${(row * 7) % 5},${row % 2}`);
  const { command } = await look(["who,a,b", ...lines].join("\n"), { group: "who" }, "few.csv");
  expect(command?.slice(2)).toEqual(["--label", "b", "--validation", "0"]);
});

test("rows have the numbers that they have in the file, where others cannot be read", async () => {
  const lines = Array.from({ length: 200 }, (_, row) => {
    const size = (row * 37) % 101;
    if (row % 40 === 3) return `${size},${size * 2}`;
    return `${size},${row === 150 ? 900 : size * 2 + (row % 5)},${size * 3 + (row % 7)}`;
  });
  const { figures, sections, notes } = await look(["a,b,c", ...lines].join("\n"), {}, "ragged.csv");
  expect(notes.join("\n")).toMatch(/^5 of 200 rows do not fit the table and are left out/u);
  expect((figures as { unusual: { rows: { row: number }[] } }).unusual.rows[0]!.row).toBe(151);
  expect(sections.at(-1)!.note).toContain("Rows are counted as in the file, from 1 on, without the line of names.");
});

test("a label of very many numbers is asked about", async () => {
  const lines = Array.from({ length: 400 }, (_, row) => `${(row * 37) % 101},${row % 150}`);
  const { advice } = await look(["a,minutes", ...lines].join("\n"), { label: "minutes" }, "minutes.csv");
  expect(advice.map(({ reason }) => reason)).toContain('"minutes", the label, holds 150 different numbers.');
});

test("a label that nearly every row has one of its own is said to make no classes", async () => {
  const of = async (names: number): Promise<string> => {
    const lines = Array.from({ length: 300 }, (_, row) => `${(row * 37) % 101},customer ${row % names}`);
    const { advice } = await look(["a,who", ...lines].join("\n"), { label: "who" }, "who.csv");
    return advice.map(({ reason, text }) => `${reason} ${text}`).join("\n");
  };
  expect(await of(200)).toContain(
    '"who", the label, has 200 different values in 300 rows. No classes are made of so many.',
  );
  expect(await of(3)).not.toContain("No classes are made");
});

test("names with commas are said so that they are read again", async () => {
  const lines = Array.from({ length: 300 }, (_, row) => {
    const value = ((row * 37) % 101) + 0.5;
    return `${value},${value * 2},${row % 10 === 0 ? "see below" : (row * 13) % 97},${(row * 11) % 7}`;
  });
  const header = '"weight, kg","weight, pounds","height, cm",b';
  const { command = [], advice } = await look([header, ...lines].join("\n"), {}, "commas.csv");
  expect(command.slice(2)).toEqual(["--ignore", '"weight, pounds"', "--types", '"height, cm"=number']);
  expect(advice.map(({ text }) => text).join("\n")).toContain(`(--types '"height, cm"=number')`);
});

test("the order of day and month is the user's", async () => {
  const lines = Array.from({ length: 60 }, (_, row) => `${(row % 12) + 1}/${(row % 11) + 1}/2021,${(row * 7) % 13}`);
  const text = ["day,b", ...lines].join("\n");
  const firstOf = async (choices: object): Promise<number> => {
    const { figures } = await look(text, choices, "days.csv");
    return (figures as { dates: { min: number; days: number }[] }).dates[0]!.days;
  };
  expect(await firstOf({})).toBeGreaterThan(0);
  const { notes } = await look(text, { types: { day: "dayfirst" } }, "days.csv");
  expect(notes.join("\n")).not.toContain("fit both day/month and month/day");
});

test("what the user chose is not advised against", async () => {
  const { command = [] } = await look(plantedCsv(), { split: "last", label: "late" });
  expect(command).toEqual(expect.arrayContaining(["--split", "last"]));
  expect(command).not.toContain("--group");
  const lines = Array.from({ length: 200 }, (_, row) => `${row % 10 === 0 ? "see" : row % 91},${row % 17},${row % 7}`);
  const left = await look(["a,b,c", ...lines].join("\n"), { ignore: ["a"] }, "left.csv");
  expect(left.command?.slice(2)).toEqual(["--ignore", "a"]);
});
