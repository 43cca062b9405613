/** `node test/interop/write.ts FOLDER`: writes every model into a folder of its own. */

import { join } from "node:path";
import { Device } from "@sandglass/core";
import { folderName, writeFolder } from "./folders.ts";
import { INTEROP_MODELS } from "./models.ts";
import { writeLogs } from "./tensorboard-logs.ts";
import { writtenFiles } from "./written-files.ts";

const [root] = process.argv.slice(2);
if (root === undefined) throw new Error("give the folder to write into: node test/interop/write.ts FOLDER");
const device = await Device.create({ deterministic: true });
for (const [name, description] of Object.entries(INTEROP_MODELS)) {
  await writeFolder(join(root, folderName(name)), await writtenFiles(name, description, device));
}
await writeLogs(join(root, "tensorboard"));
device.dispose();
process.stdout.write(`wrote ${Object.keys(INTEROP_MODELS).length} models and the logs of a training\n`);
