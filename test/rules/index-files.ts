// An `index.ts` tells what a folder offers and does nothing itself.
import { parseSync, type Statement, type Directive } from "oxc-parser";
import type { SourceFile } from "./source-file.ts";

/** The first line of each `index.ts` of a package that does anything but import and re-export. */
export function indexViolations(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => /^packages\/[^/]+\/src\/(.*\/)?index\.ts$/.test(path))
    .flatMap(({ path, text }) => {
      const code = parseSync(path, text).program.body.find((statement) => !isReExport(statement));
      if (code === undefined) return [];
      const line = text.slice(0, code.start).split("\n").length;
      return [`${path}:${line} is code: an index.ts only re-exports, so move this to a file named after what it does`];
    });
}

function isReExport(statement: Statement | Directive): boolean {
  switch (statement.type) {
    case "ImportDeclaration":
      return statement.specifiers.length > 0;
    case "ExportAllDeclaration":
      return true;
    case "ExportNamedDeclaration":
      return statement.declaration === null;
    default:
      return false;
  }
}
