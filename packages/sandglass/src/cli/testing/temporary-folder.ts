import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/** Gives every caller a new folder; all of them are removed when the file's tests are over. */
export function temporaryFolders(): () => string {
  const root = mkdtempSync(join(tmpdir(), "sandglass-"));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  return () => mkdtempSync(join(root, "folder-"));
}
