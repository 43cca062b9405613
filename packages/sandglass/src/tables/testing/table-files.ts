import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/** Writes files into a new folder and gives their paths; all of them are removed when the file's tests are over. */
export function tableFiles(): (name: string, content: string | Uint8Array) => string {
  const root = mkdtempSync(join(tmpdir(), "sandglass tables é "));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  return (name, content) => {
    const path = join(root, name);
    writeFileSync(path, content);
    return path;
  };
}

/** Lines of `row(0)`, `row(1)`, … below a header. */
export function csvLines(header: string, count: number, row: (index: number) => string): string {
  return [header, ...Array.from({ length: count }, (_, index) => row(index))].join("\n");
}
