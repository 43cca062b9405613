// Runs on data that are read beside the training: cut short and gone on with, they have the bits of runs on data in memory.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Device, isStreamed } from "@sandglass/core";
import { expect, test } from "vitest";
import { temporaryFolders } from "../cli/testing/temporary-folder.ts";
import { noisy } from "../images/decode/testing/image-files.ts";
import { openImages, planImages, probeImages } from "../images/decode/index.ts";
import { findImages } from "../images/find/index.ts";
import { loadRun } from "../runs/index.ts";
import { loadTable } from "../tables/index.ts";
import { csvLines } from "../tables/testing/table-files.ts";
import type { PreparedData, TrainingRequest } from "../sources/index.ts";
import { resumeRun, trainRun, type FinishedRun } from "./index.ts";

const newFolder = temporaryFolders();
const request: TrainingRequest = { choices: {}, seed: 0 };
const EPOCHS = 4;

/** Opens the same samples, in memory or as a stream. */
type Open = (bytesInMemory: number) => Promise<PreparedData>;

async function images(): Promise<Open> {
  const folder = join(newFolder(), "photos");
  for (let number = 0; number < 50; number++) {
    const file = join(folder, number % 2 === 0 ? "even" : "odd", `${number}.jpg`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, await noisy(30, 30, number).jpeg().toBuffer());
  }
  const { entries, classNames } = await findImages(folder);
  const { plan } = await planImages(await probeImages(entries), { size: "12" });
  return async (cacheBytes) => {
    const training = await openImages(entries.slice(0, 40), plan, { classNames, cacheBytes });
    const validation = await openImages(entries.slice(40), plan, { classNames, cacheBytes });
    return {
      ...shared,
      training: training.data,
      validation: validation.data,
      preparation: { kind: "images", plan, classNames },
      close: async () => void (await Promise.all([training.close(), validation.close()])),
    };
  };
}

function table(): Open {
  const file = join(newFolder(), "orders.csv");
  writeFileSync(
    file,
    csvLines("a,b,kind", 300, (row) => `${row % 13}.5,${(row * 37) % 50},k${row % 4}`),
  );
  return async (memoryBytes) => {
    const loaded = await loadTable(file, { split: { validation: 0.2, seed: 1 }, memoryBytes });
    const { training, validation, encoder, close } = loaded;
    return { ...shared, training, validation, preparation: { kind: "table", preprocessing: encoder.toJSON() }, close };
  };
}

const shared = {
  name: "data",
  validatedWith: "held back",
  fingerprint: "f",
  notes: ["early"],
  lateNotes: () => ["late"],
} as const;

test.each([
  ["images", "conv", images],
  ["a table", "deep", () => Promise.resolve(table())],
] as const)("%s", async (_, model, make) => {
  const open = await make();
  const device = await Device.create({ threads: 2 });
  const folder = newFolder();
  const train = async (data: PreparedData, out: string, signal?: AbortSignal): Promise<FinishedRun> =>
    trainRun(data, {
      source: "data",
      request,
      model,
      choices: { epochs: EPOCHS, batchSize: 8, seed: 3, augment: "noise=0.1" },
      out: join(folder, out),
      device,
      command: "test",
      ...(signal && { signal, progress: { step: (epoch, step) => void (epoch === 3 && step === 2 && stop.abort()) } }),
    });
  const stop = new AbortController();

  const inMemory = await open(2 ** 30);
  const streamed = await open(0);
  expect([isStreamed(inMemory.training), isStreamed(streamed.training)]).toEqual([false, true]);
  await train(inMemory, "whole");
  const { record } = await train(streamed, "cut", stop.signal);
  expect(record).toMatchObject({ state: "interrupted", result: { epochs: 2 }, data: { notes: ["early", "late"] } });
  await streamed.close();

  const again = await open(0);
  const run = await loadRun(join(folder, "cut"), { device, resume: true });
  const resumed = await resumeRun(run, again, { device, command: "test" });
  expect(resumed.record).toMatchObject({ state: "finished", result: { epochs: EPOCHS } });
  expect(resumed.record.data.notes).toEqual(["early", "late"]);
  for (const name of ["model.keras", "history.csv"]) {
    const read = (out: string): Buffer => readFileSync(join(folder, out, name));
    expect(read("cut").equals(read("whole")), name).toBe(true);
  }
  await expect(resumeRun(run, { ...again, fingerprint: "g" }, { device, command: "test" })).rejects.toThrow(
    /the data "data" are not those of the run: .* SHA-256 g came/u,
  );
  await Promise.all([again.close(), inMemory.close()]);
  device.dispose();
});
