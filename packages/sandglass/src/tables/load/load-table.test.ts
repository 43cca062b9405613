import { existsSync } from "node:fs";
import { DatasetError, RandomStream, tables, type AnyDataset, type Dataset } from "@sandglass/core";
import { expect, test } from "vitest";
import { csvLines, tableFiles } from "../testing/table-files.ts";
import { encodeNewRows } from "./encode-new-rows.ts";
import { loadColumns, loadTable } from "./load-table.ts";
import { matrixColumns } from "./matrix-columns.ts";

const file = tableFiles();

const cities = ["Paris", "Rome", "Oslo"] as const;

/** Rows of numbers, categories and dates with missing values; `late` is a label, `customer` a group of five rows. */
function deliveries(count: number): (row: number) => string {
  const random = new RandomStream(3);
  const rows = Array.from({ length: count }, (_, row) => {
    const weight = random.chance(0.1) ? "" : random.uniform(1, 50).toFixed(2);
    const day = String(1 + random.integer(28)).padStart(2, "0");
    return `${weight},${random.integer(9)},${random.pick(cities)},2021-03-${day},${row % 4 === 0 ? "yes" : "no"},k${Math.floor(row / 5)}`;
  });
  return (row) => rows[row] ?? "";
}

const header = "weight,pieces,city,day,late,customer";

function valuesOf(data: AnyDataset | undefined): Float32Array {
  return (data as Dataset).values as Float32Array;
}

test("the preprocessing is made of the training rows only: whatever is in the others, it is the same to the bit", async () => {
  const count = 600;
  const row = deliveries(count);
  const split = { validation: 0.25, seed: 7 };
  const clean = await loadTable(file("clean.csv", csvLines(header, count, row)), { split });
  const held = new Set(clean.validationRows);
  expect(held.size).toBe(150);
  const poison = (index: number): string => {
    const [, , , , late, customer] = row(index).split(",");
    return held.has(index) ? `1e30,-999999999,Nowhere ${index},2999-12-31 23:59:59,${late},${customer}` : row(index);
  };
  const poisoned = await loadTable(file("poisoned.csv", csvLines(header, count, poison)), { split });
  expect(poisoned.validationRows).toEqual(clean.validationRows);
  expect(JSON.stringify(poisoned.encoder)).toBe(JSON.stringify(clean.encoder));
  expect(valuesOf(poisoned.training)).toEqual(valuesOf(clean.training));
  // The poison is there, and would have been seen.
  expect(Math.max(...valuesOf(poisoned.validation))).toBeGreaterThan(1e14);
  const all = await loadTable(file("all.csv", csvLines(header, count, poison)));
  expect(JSON.stringify(all.encoder)).not.toBe(JSON.stringify(clean.encoder));
  expect(all.validation).toBeUndefined();
  await Promise.all([clean.close(), poisoned.close(), all.close()]);
});

test("samples are the rows of the table, with their labels; classes are held back in proportion", async () => {
  const count = 400;
  const row = deliveries(count);
  const path = file("labelled.csv", csvLines(header, count, row));
  const data = await loadTable(path, { choices: { label: "late" }, split: { validation: 0.2, seed: 1 } });
  const { training, validation, encoder, trainingRows, validationRows } = data;
  expect([training.count, validation?.count, training.shape]).toEqual([320, 80, [encoder.width]]);
  expect(training.classNames).toEqual(["no", "yes"]);
  expect(encoder.featureColumns.map(({ name }) => name)).toEqual(["weight", "pieces", "city", "day", "customer"]);
  const labels = Array.from(validation?.labels ?? []);
  expect(labels.filter((label) => label === 1)).toHaveLength(20);
  expect(labels).toEqual(Array.from(validationRows ?? [], (index) => (index % 4 === 0 ? 1 : 0)));
  // Features stand for the cells of their rows.
  const [weight, pieces, city] = encoder.inverse(valuesOf(training));
  for (const [sample, index] of trainingRows.entries()) {
    const cells = row(index).split(",");
    expect(city?.values[sample]).toBe(cells[2]);
    expect(Number(pieces?.values[sample])).toBeCloseTo(Number(cells[1]), 4);
    expect(String(weight?.values[sample])).toMatch(cells[0] === "" ? /NaN/ : /^\d/);
  }
  expect(data.notes).toContain('column "late" is left out: it is the label');
  await data.close();
});

test("rows of a group stay together", async () => {
  const path = file("groups.csv", csvLines(header, 300, deliveries(300)));
  const data = await loadTable(path, { split: { validation: 0.2, seed: 1, group: "customer" } });
  const groups = new Set(Array.from(data.validationRows ?? [], (row) => Math.floor(row / 5)));
  expect(groups.size).toBe(12);
  expect(data.validationRows).toHaveLength(60);
  await data.close();
  await expect(loadTable(path, { split: { validation: 0.2, seed: 1, group: "costumer" } })).rejects.toThrow(
    /the group was to be the column "costumer", .* did you mean "customer"\?/,
  );
  await expect(loadTable(path, { split: { validation: 300, seed: 1 } })).rejects.toThrow(DatasetError);
});

test("labels: numbers in their order, rows without one, and too many to be classes", async () => {
  const path = file(
    "labels.csv",
    csvLines("x,y,z", 1200, (row) => `${row % 97},${row % 3 === 0 ? "" : (row % 12) - 1},v${row}`),
  );
  const data = await loadTable(path, { choices: { label: "y" } });
  expect(data.training.classNames).toEqual(["0", "1", "3", "4", "6", "7", "9", "10", "no label"]);
  expect(Array.from(data.training.labels?.subarray(0, 6) ?? [])).toEqual([8, 0, 1, 8, 2, 3]);
  expect(data.notes[0]).toBe('column y, the label, has no value in 400 rows, which are the class "no label"');
  const many = await loadTable(path, { choices: { label: "z" } });
  expect(many.training.labels).toBeUndefined();
  expect(many.notes[0]).toContain("more than 1000 different values");
  await Promise.all([data.close(), many.close()]);
});

test("a label of many different numbers makes classes of all, with a word about it", async () => {
  const path = file(
    "minutes.csv",
    csvLines("x,minutes,town", 1000, (row) => `${row % 97},${row % 300},town ${row % 300}`),
  );
  const data = await loadTable(path, { choices: { label: "minutes" } });
  expect(data.training.classNames).toHaveLength(300);
  expect(data.notes[0]).toMatch(
    /^column minutes, the label, holds 300 different numbers, and each becomes a class; if they/u,
  );
  // Names may be many.
  const towns = await loadTable(path, { choices: { label: "town" } });
  expect(towns.notes.join("\n")).not.toContain("becomes a class");
  await Promise.all([data.close(), towns.close()]);
});

test("what is too large for memory is read from a file, to the same bits, until it is closed", async () => {
  const path = file("large.csv", csvLines(header, 5000, deliveries(5000)));
  const options = { split: { validation: 0.2, seed: 2 }, choices: { label: "late" } };
  const inMemory = await loadTable(path, options);
  const streamed = await loadTable(path, { ...options, memoryBytes: 1000 });
  const { training } = streamed;
  expect(training).not.toHaveProperty("values");
  expect(training.labels).toEqual(inMemory.training.labels);
  const { width } = inMemory.encoder;
  const values = valuesOf(inMemory.training);
  const read = "read" in training ? (numbers: Uint32Array) => training.read(numbers) : undefined;
  const random = new RandomStream(1);
  for (const numbers of [
    Uint32Array.from({ length: 4000 }, (_, index) => index),
    Uint32Array.from({ length: 128 }, () => random.integer(4000)),
    Uint32Array.of(3999, 0, 3999),
  ]) {
    const rows = Array.from(numbers).flatMap((row) => Array.from(values.subarray(row * width, (row + 1) * width)));
    expect(await read?.(numbers)).toEqual(Float32Array.from(rows));
  }
  await inMemory.close();
  await streamed.close();
  await expect(async () => read?.(Uint32Array.of(0))).rejects.toThrow("were closed before they were read");
});

test("columns in memory become the same data as their file", async () => {
  const values = Float32Array.from({ length: 600 }, (_, index) => ((index * 7919) % 101) / 7);
  const columns = matrixColumns(values, 3);
  const text = csvLines("column0,column1,column2", 200, (row) => columns.map((column) => column.values[row]).join(","));
  const options = { split: { validation: 0.1, seed: 1 } };
  const fromFile = await loadTable(file("matrix.csv", text), options);
  const fromMemory = await loadColumns("matrix", columns, options);
  expect(valuesOf(fromMemory.training)).toEqual(valuesOf(fromFile.training));
  expect(valuesOf(fromMemory.validation)).toEqual(valuesOf(fromFile.validation));
  await Promise.all([fromFile.close(), fromMemory.close()]);
  expect(() => matrixColumns(values, 7)).toThrow(tables.TableError);
  expect(() => matrixColumns(values, 3, ["a"])).toThrow("1 names came for 3 columns");
});

test("new rows are encoded as in training; what differs is said or refused", async () => {
  const row = (index: number): string => `${index}.5,0${index % 3},${cities[index % 3]}`;
  const trained = await loadTable(file("trained.csv", csvLines("weight,code,city", 300, row)));
  const { encoder } = trained;
  expect(encoder.featureColumns.map(({ role }) => role)).toEqual(["number", "category", "category"]);
  // The same rows in another order of columns.
  const same = file(
    "same.csv",
    csvLines("city,code,weight", 300, (index) => row(index).split(",").toReversed().join(",")),
  );
  const again = await encodeNewRows(encoder, same);
  expect(valuesOf(again.data)).toEqual(valuesOf(trained.training));
  expect(again.notes).toEqual([]);
  // Codes that look like numbers, categories that are new, a value that is missing, a column that was not there.
  const other = await encodeNewRows(
    encoder,
    file("other.csv", "weight,code,city,extra\n1.5,01,Bern,1\n,02,Oslo,2\n2.5,00,Rome,3\n"),
  );
  expect(other.data.count).toBe(3);
  expect(other.notes).toEqual([
    'training had no column "extra", which makes no difference here',
    'column "weight" has no value in 1 of 3 rows; in training it always had one',
    'column "city" has category "Bern" that training did not have, in 1 of 3 rows',
  ]);
  const [, code] = encoder.inverse(valuesOf(other.data));
  expect(code?.values).toEqual(["01", "02", "00"]);
  await expect(encodeNewRows(encoder, file("lacking.csv", "weigth,code,city\n1,01,Rome\n"))).rejects.toThrow(
    'column "weight", which training had, is not in the table; there is "weigth"',
  );
  await expect(
    encodeNewRows(encoder, file("words.csv", "weight,code,city\nheavy,01,Rome\nlight,02,Oslo\n")),
  ).rejects.toThrow('column "weight" held numbers in training, and text came: "heavy" in row 1');
  // Rows have the numbers of the user's file, those that are left out included.
  const ragged = file("ragged.csv", `weight,code,city\n1,01,Rome,extra\n${"heavy,02,Oslo\n".repeat(9)}`);
  await expect(encodeNewRows(encoder, ragged)).rejects.toThrow('"heavy" in row 2;');
  await Promise.all([trained.close(), again.close(), other.close()]);
});

test("loading that fails leaves nothing behind", async () => {
  const controller = new AbortController();
  const path = file("aborted.csv", csvLines(header, 3000, deliveries(3000)));
  const loading = loadTable(path, { signal: controller.signal });
  controller.abort(new Error("enough"));
  await expect(loading).rejects.toThrow("enough");
  expect(existsSync(path)).toBe(true);
});
