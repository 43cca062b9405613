/**
 * `npm run test:interop`: models, weights, ONNX files and logs go to Keras, ONNX Runtime, safetensors and TensorBoard, and
 * models come back from Keras. Makes its Python environment in `test/interop/.venv`, unless it is there.
 *
 *     npm run test:interop                     in a temporary folder
 *     npm run test:interop -- --keep FOLDER    keeps the files
 *     npm run test:interop -- --update         keeps what passed in fixtures/interop, for `npm test`
 */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { makeEnvironment, pythonIn, run } from "../../bench/python-environment.ts";
import { updateFixtures } from "./fixtures.ts";

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { keep: { type: "string" }, update: { type: "boolean" } } });
  const environment = here(".venv");
  makeEnvironment(environment, here("requirements.txt"));
  const folder = values.keep ?? (await mkdtemp(join(tmpdir(), "sandglass-interop-")));
  try {
    run([process.execPath, here("write.ts"), folder]);
    run([pythonIn(environment), here("check.py"), folder]);
    run([process.execPath, here("read.ts"), folder]);
    if (values.update === true) await updateFixtures(folder);
  } finally {
    if (values.keep === undefined) await rm(folder, { recursive: true, force: true });
  }
}

try {
  await main();
} catch (error) {
  process.stderr.write(`test:interop: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
