import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Device } from "@sandglass/core";
import { expect, test, vi } from "vitest";
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
