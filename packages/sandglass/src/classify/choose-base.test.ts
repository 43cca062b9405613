import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Device } from "@sandglass/core";
import { expect, test, vi } from "vitest";
import { runCli } from "../cli/testing/run-cli.ts";
import { temporaryFolders } from "../cli/testing/temporary-folder.ts";
import { chooseBase } from "./choose-base.ts";

const newFolder = temporaryFolders();

test("a download of weights can be interrupted", async () => {
  // Nothing is kept in there, and nothing is asked of a network once the signal has come.
  vi.stubEnv("XDG_CACHE_HOME", newFolder());
  const device = await Device.create({ threads: 1 });
  try {
    const signal = AbortSignal.abort(new Error("enough"));
    const base = await chooseBase({ base: "mobilenetv2" }, device, { signal });
    expect(base).toMatchObject({ name: "mobilenetv2", choices: { size: "224", color: "color" } });
    await expect(base?.open([224, 224, 3])).rejects.toThrow("enough");
  } finally {
    vi.unstubAllEnvs();
    device.dispose();
  }
});

test("a file that is no model is said to be none of the kinds that there are", async () => {
  const base = join(newFolder(), "hello.h5");
  writeFileSync(base, "hello");
  const device = await Device.create({ threads: 1 });
  try {
    await expect(chooseBase({ base }, device)).rejects.toThrow(
      "hello.h5 is no base to build on: the 5 bytes are neither a zip file, which a .keras file is, nor HDF5, which an .h5 file is",
    );
  } finally {
    device.dispose();
  }
});

test("an encoder ends before its code, where it has layers to end at", async () => {
  const cwd = newFolder();
  const device = await Device.create({ threads: 1 });
  const small = ["train", "wardrobe", "--count", "40", "--epochs", "1"];
  const featuresOf = async (name: string, options: readonly string[]): Promise<readonly number[] | undefined> => {
    const { code, stderr } = await runCli([...small, "--model", name, ...options, "--out", name], { cwd });
    expect(code, stderr).toBe(0);
    const network = await (await chooseBase({ base: join(cwd, name) }, device))?.open([28, 28, 1]);
    return network?.outputs[0]?.shape;
  };
  try {
    expect(await featuresOf("deep", ["--units", "24,16", "--code", "4"])).toEqual([16]);
    expect(await featuresOf("vanilla", ["--code", "4"])).toEqual([4]);
  } finally {
    device.dispose();
  }
}, 60_000);
