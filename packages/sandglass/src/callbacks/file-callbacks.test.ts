import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Device, input, layers, loadModel, memoryFiles, sequential } from "@sandglass/core";
import type { Callback } from "@sandglass/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { temporaryFolders } from "../cli/testing/temporary-folder.ts";
import { backupAndRestore, csvLogger, modelCheckpoint, tensorBoard } from "./file-callbacks.ts";

let device: Device;
beforeAll(async () => {
  device = await Device.create({ threads: 1 });
});
afterAll(() => device.dispose());

async function train(callbacks: readonly Callback[]): Promise<readonly Float32Array[]> {
  const network = sequential([input([2]), layers.dense(2)]);
  network.compile({ optimizer: "sgd", loss: "mse", device });
  const x = Float32Array.of(1, 2, 3, 4);
  await network.fit(x, x, { epochs: 2, validationSplit: 0.5, callbacks });
  const weights = network.getWeights();
  await network.dispose();
  return weights;
}

describe("on the disk", () => {
  const newFolder = temporaryFolders();

  test("callbacks leave their files", async () => {
    const folder = newFolder();
    const seen: string[] = [];
    const weights = await train([
      modelCheckpoint(join(folder, "models/{epoch:02d}.keras")),
      csvLogger(join(folder, "history.csv")),
      tensorBoard(join(folder, "logs")),
      backupAndRestore(join(folder, "backup")),
      { onTrainEnd: () => void seen.push(...readdirSync(join(folder, "backup"))) },
    ]);
    expect(readdirSync(folder).toSorted()).toEqual(["backup", "history.csv", "logs", "models"]);
    const model = await loadModel(new Uint8Array(readFileSync(join(folder, "models/02.keras"))));
    expect(model.getWeights()).toEqual(weights);
    expect(readFileSync(join(folder, "history.csv"), "utf8")).toMatch(/^epoch,loss,val_loss\r\n0,.*\r\n1,.*\r\n$/u);
    expect(readdirSync(join(folder, "logs")).toSorted()).toEqual(["train", "validation"]);
    expect(seen).toEqual(["training.safetensors"]);
    expect(readdirSync(join(folder, "backup"))).toEqual([]);
  });

  test("callbacks take other files when given", async () => {
    const files = memoryFiles();
    const path = join(newFolder(), "history.csv");
    await train([csvLogger(path, { files })]);
    expect(await files.read(path)).toBeDefined();
    expect(existsSync(path)).toBe(false);
  });
});
