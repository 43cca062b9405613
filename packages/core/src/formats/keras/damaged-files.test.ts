// Damaged files give a KerasFileError or a model, whatever the damage. 40,000 files like these gave nothing else.
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { expect, test } from "vitest";
import { readFixtureBytes } from "../../../../../fixtures/keras/read.ts";
import { damagedFiles, readDamaged, withOtherNumbers } from "../testing/damaged-files.ts";
import { KerasFileError } from "./keras-file-error.ts";
import { loadModel } from "./load-model.ts";
import { modelConfig } from "./model-config.ts";
import type { LayerDescription, ModelDescription } from "./model-description.ts";
import { withOtherValues } from "./testing/damaged-json.ts";
import { writeZip } from "../zip/zip-archive.ts";

/** Every file is loaded as a whole model or refused, and some of both happen. */
async function expectLoadedOrRefused(files: Iterable<Uint8Array>, fewestRefused: number): Promise<void> {
  const load = async (file: Uint8Array): Promise<void> => (await loadModel(file)).dispose();
  const { read, refused, others, gigabytes } = await readDamaged(files, load, KerasFileError);
  expect(others).toEqual([]);
  expect(gigabytes).toBeLessThan(1);
  expect(refused).toBeGreaterThan(fewestRefused);
  expect(read).toBeGreaterThan(10);
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
  await expectLoadedOrRefused(all(damagedFiles(bytes, 70, 4), rewritten()), 100);
});

test.each(["outputs.h5", "keras2-functional.h5", "keras2-sequential.h5"])("%s", async (name) => {
  const bytes = readFixtureBytes(name);
  await expectLoadedOrRefused(all(damagedFiles(bytes, 170, 5), withOtherNumbers(bytes, 170, 6)), 80);
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

test("models that call one another twice are refused before they grow beyond all bounds", async () => {
  const entries = unzipSync(readFixtureBytes("outputs.keras"));
  const image = {
    layer: { className: "InputLayer", name: "x", config: { batch_shape: [null, 3], name: "x" } },
    calls: [],
  };
  const x = { layer: "x", call: 0, output: 0, shape: [3] };
  let inner: LayerDescription | ModelDescription = { className: "ReLU", name: "relu", config: { name: "relu" } };
  for (let depth = 0; depth < 40; depth++) {
    const name: string = inner.name;
    const again = { layer: name, call: 0, output: 0, shape: [3] };
    inner = {
      className: "Functional",
      name: `model_${depth}`,
      layers: [image, { layer: inner, calls: [[x], [again]] }],
      inputs: [x],
      outputs: [{ ...again, call: 1 }],
    };
  }
  const config = strToU8(JSON.stringify(modelConfig(inner as ModelDescription)));
  await expect(loadModel(zipSync({ ...entries, "config.json": config }))).rejects.toThrow(
    'the model "model_39" calls layers 1099511627776 times, with the models within it',
  );
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
