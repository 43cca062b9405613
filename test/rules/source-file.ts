// A text file of the repository, and what its path says about it.
import path from "node:path";

/** A text file of the repository; the path starts at the root and uses slashes. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Whether a file is TypeScript or JavaScript. */
export function isScript(file: string): boolean {
  return /\.[cm]?[jt]s$/.test(file);
}

/** Whether a file serves tests only: a test, or something in `test/`, `fixtures/` or a folder named `testing`. */
export function isTestCode(file: string): boolean {
  return /\.test\.ts$|(^|\/)testing\/|^(test|fixtures)\//.test(file);
}

/** The package that a file belongs to, such as `packages/core`; `undefined` outside of packages. */
export function packageFolder(file: string): string | undefined {
  return /^packages\/[^/]+(?=\/)/.exec(file)?.[0];
}

/** The path that a relative specifier in a file names, from the root; `undefined` when the specifier is not relative. */
export function resolveRelative(file: string, specifier: string): string | undefined {
  if (!/^\.{1,2}(\/|$)/.test(specifier)) return undefined;
  return path.posix.join(path.posix.dirname(file), specifier);
}
