// Reads the text files that belong to the repository: tracked ones, and new ones that git does not ignore.
import { execFileSync } from "node:child_process";
import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { SourceFile } from "./source-file.ts";

const root = path.resolve(import.meta.dirname, "../..");

/** The text files of this repository in alphabetical order. Without git (a download) every file counts but what is installed. */
export function readRepository(): SourceFile[] {
  const files = existsSync(path.join(root, ".git")) ? listByGit() : listByFolders();
  return files.toSorted().flatMap((file) => {
    const absolute = path.join(root, file);
    // A file may be tracked and yet deleted, and a link may lead anywhere.
    if (statSync(absolute, { throwIfNoEntry: false })?.isFile() !== true) return [];
    const content = readFileSync(absolute);
    return content.subarray(0, 8192).includes(0) ? [] : [{ path: file, text: content.toString("utf8") }];
  });
}

function listByGit(): string[] {
  const list = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  return [...new Set(list.split("\0").filter((file) => file !== ""))];
}

function listByFolders(): string[] {
  const exclude = ["**/node_modules", "**/dist", "**/runs", "**/.venv"];
  return globSync("**/*", { cwd: root, exclude }).map((file) => file.split(path.sep).join("/"));
}
