/** `node test/interop/read.ts FOLDER`: reads what Keras wrote into the models' folders, and compares. */

import { compareWithKeras, describeComparison, hasPassed } from "./compare.ts";
import { modelFolders, readFolder } from "./folders.ts";

const [root] = process.argv.slice(2);
if (root === undefined) throw new Error("give the folder to read from: node test/interop/read.ts FOLDER");
const folders = await modelFolders(root);
let failures = 0;
for (const folder of folders) {
  for (const comparison of await compareWithKeras(await readFolder(folder))) {
    process.stdout.write(`${describeComparison(comparison)}\n`);
    if (!hasPassed(comparison)) failures++;
  }
}
process.stdout.write(`\n${folders.length} models read back from Keras, ${failures} failures\n`);
process.exit(failures > 0 || folders.length === 0 ? 1 : 0);
