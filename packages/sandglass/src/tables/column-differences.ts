import { UserError } from "../errors.ts";
import { someNames } from "../text/some-names.ts";

/** How many columns a message names. */
const NAMED = 5;

/** The columns of one or more files that have the same. */
export interface FileColumns {
  readonly path: string;
  /** How many other files have the same columns. */
  readonly others: number;
  readonly names: readonly string[];
}

/**
 * Where files lack columns that other files of the table have: which, in plain words.
 *
 * @throws UserError when a file has no column of those that came before it.
 */
export function columnDifferences(files: readonly FileColumns[]): string[] {
  const all = [...new Set(files.flatMap(({ names }) => names))];
  const seen = new Set(files[0]?.names);
  return files.flatMap(({ path, others, names }) => {
    if (!names.some((name) => seen.has(name))) {
      throw new UserError(
        `${path} has the columns ${someNames(names, NAMED)}, and the files before it ${someNames([...seen], NAMED)}: none is the same, ` +
          "so they are no parts of one table; choose files that belong together",
      );
    }
    for (const name of names) seen.add(name);
    const own = new Set(names);
    const missing = all.filter((name) => !own.has(name));
    if (missing.length === 0) return [];
    const files = others === 0 ? "has" : `and ${others} more ${others === 1 ? "file" : "files"} have`;
    return [
      `${path} ${files} no column ${someNames(missing, NAMED)}, as other files do; there is no value in its place`,
    ];
  });
}
