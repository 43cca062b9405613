// Damaged files give a KerasFileError or a model, whatever the damage. 40,000 files like these gave nothing else.
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { expect, test } from "vitest";
import { readFixtureBytes } from "../../../../../fixtures/keras/read.ts";
import { damagedFiles } from "../testing/damaged-files.ts";
import { KerasFileError } from "./keras-file-error.ts";
import { loadModel } from "./load-model.ts";
import { withOtherNumbers, withOtherValues } from "./testing/damage.ts";
import { writeZip } from "./zip-archive.ts";

const MOST_MEMORY_KILOBYTES = 2 ** 20;

/** Loads every file; returns how many could not be, and what was thrown that should not. */
async function loadAll(files: Iterable<Uint8Array>): Promise<{ refused: number; loaded: number; others: unknown[] }> {
  const before = process.resourceUsage().maxRSS;
  const result = { refused: 0, loaded: 0, others: [] as unknown[] };
  for (const file of files) {
    try {
      const model = await loadModel(file);
      await model.dispose();
      result.loaded++;
    } catch (error) {
      if (error instanceof KerasFileError) result.refused++;
      else result.others.push(error);
    }
  }
  expect(process.resourceUsage().maxRSS - before).toBeLessThan(MOST_MEMORY_KILOBYTES);
  return result;
}

function* all<T>(...parts: readonly Iterable<T>[]): Generator<T> {
  for (const part of parts) yield* part;
}

test.each(["outputs.keras", "preprocessing.keras", "branched.keras"])("%s", async (name) => {
  const bytes = readFixtureBytes(name);
  const entries = unzipSync(bytes);
  const [config, weights] = [entries["config.json"] as Uint8Array, entries["model.weights.h5"] as Uint8Array];
  const rewritten = function* (): Generator<Uint8Array> {
    for (const text of withOtherValues(strFromU8(config), 150, 1))
      yield writeZip({ ...entries, "config.json": strToU8(text) });
    for (const other of all(damagedFiles(weights, 60, 2), withOtherNumbers(weights, 60, 3))) {
      yield writeZip({ ...entries, "model.weights.h5": other });
    }
  };
  const { refused, loaded, others } = await loadAll(all(damagedFiles(bytes, 70, 4), rewritten()));
  expect(others).toEqual([]);
  expect(refused).toBeGreaterThan(100);
  expect(loaded).toBeGreaterThan(10);
});

test.each(["outputs.h5", "keras2-functional.h5", "keras2-sequential.h5"])("%s", async (name) => {
  const bytes = readFixtureBytes(name);
  const files = all(damagedFiles(bytes, 100, 5), withOtherNumbers(bytes, 120, 6));
  const { refused, loaded, others } = await loadAll(files);
  expect(others).toEqual([]);
  expect(refused).toBeGreaterThan(50);
  expect(loaded).toBeGreaterThan(10);
});

test("entries that point out of the archive are never looked at", async () => {
  const entries = unzipSync(readFixtureBytes("outputs.keras"));
  const file = zipSync(
    { ...entries, "../../escape.txt": strToU8("out"), "/etc/absolute": strToU8("out") },
    { level: 0 },
  );
  expect((await loadModel(file)).name).toBe("outputs");
  const moved = zipSync({ "../config.json": entries["config.json"] as Uint8Array });
  await expect(loadModel(moved)).rejects.toThrow("expected config.json and model.weights.h5; it has ../config.json");
});

test("configurations that are large or deep beyond all use are refused before they are parsed", async () => {
  const entries = unzipSync(readFixtureBytes("outputs.keras"));
  const load = (text: string): Promise<unknown> =>
    loadModel(zipSync({ ...entries, "config.json": strToU8(text) }, { level: 0 }));
  await expect(load("[".repeat(500))).rejects.toThrow("config.json is nested over 400 deep");
  await expect(load(" ".repeat(2 ** 24 + 1))).rejects.toThrow("config.json has 16777217 characters");
  const packed = zipSync({ ...entries, "config.json": strToU8(" ".repeat(2 ** 27)) });
  await expect(loadModel(packed)).rejects.toThrow("more than 8 times as many");
});
