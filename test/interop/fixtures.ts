/**
 * What `npm test` knows of the comparison without Python: Keras's own files of every model, one zip each, and the checksums of
 * the files written here that Keras, ONNX Runtime and safetensors have read.
 */

import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { unzipSync, zipSync } from "fflate";
import type { FolderFiles } from "./exchange.ts";
import { modelFolders, readFolder } from "./folders.ts";

const FIXTURES = fileURLToPath(new URL("../../fixtures/interop", import.meta.url));
const CHECKSUMS = join(FIXTURES, "written.json");
/** The same bytes for the same content. */
const ZIP_OPTIONS = { level: 9, mtime: new Date(1980, 0, 1) } as const;

/** SHA-256 of the files written here, by model and file. */
export type Checksums = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Keeps what a comparison without failures has left in a folder. */
export async function updateFixtures(root: string): Promise<void> {
  await rm(FIXTURES, { recursive: true, force: true });
  await mkdir(FIXTURES, { recursive: true });
  const checksums: Record<string, Readonly<Record<string, string>>> = {};
  for (const folder of await modelFolders(root)) {
    const files = await readFolder(folder);
    const name = basename(folder);
    const theirs = [...files].filter(([path]) => !path.startsWith("model.") && !path.startsWith("predictions"));
    await writeFile(join(FIXTURES, `${name}.zip`), zipSync(Object.fromEntries(theirs), ZIP_OPTIONS));
    checksums[name] = checksumsOf(files);
  }
  await writeFile(CHECKSUMS, `${JSON.stringify(checksums, undefined, 2)}\n`);
}

/** The checksums of a model's files as written here. */
export function checksumsOf(files: FolderFiles): Record<string, string> {
  const written = [...files].filter(([path]) => path.startsWith("model."));
  return Object.fromEntries(
    written
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([path, bytes]) => [path, createHash("sha256").update(bytes).digest("hex")]),
  );
}

export async function readChecksums(): Promise<Checksums> {
  return JSON.parse(await readFile(CHECKSUMS, "utf8")) as Checksums;
}

/** Inputs, targets, and Keras's files and figures of a model. */
export async function readFixture(name: string): Promise<FolderFiles> {
  return new Map(Object.entries(unzipSync(new Uint8Array(await readFile(join(FIXTURES, `${name}.zip`))))));
}
