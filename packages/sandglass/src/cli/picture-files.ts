/** Pictures as files: sheets with many of them, then each one by itself. */
import { readdir } from "node:fs/promises";
import { fileSystemError } from "../data/file-system-error.ts";
import { UserError } from "../errors.ts";
import { someNames } from "../text/some-names.ts";
import { drawSheet, encodePng, type Cell } from "../images/index.ts";
import type { NamedFile } from "./fill-folder.ts";

export interface PictureFiles {
  readonly cells: readonly Cell[];
  /** What each picture of a cell is called: `0007-original.png`. */
  readonly names: readonly string[];
  /** What the cells show, where that has names: `0007-cats_12.jpg-original.png`. */
  readonly titles?: readonly string[] | undefined;
  /** Cells in a row of a sheet, and rows on it. */
  readonly columns: number;
  readonly rows: number;
  /** How many times sheets are enlarged. */
  readonly zoom: number;
  readonly signal: AbortSignal;
}

/** The sheets, then the pictures one by one. */
export async function* pictureFiles(content: PictureFiles): AsyncGenerator<NamedFile, void> {
  const { cells, names, titles, columns, rows, zoom, signal } = content;
  const onSheet = columns * rows;
  const sheets = Math.ceil(cells.length / onSheet);
  for (let sheet = 0; sheet < sheets; sheet++) {
    const [first, ...rest] = cells.slice(sheet * onSheet, (sheet + 1) * onSheet);
    if (first === undefined) continue;
    signal.throwIfAborted();
    const name = sheets === 1 ? "sheet.png" : `sheet-${String(sheet + 1).padStart(3, "0")}.png`;
    yield [name, await encodePng(drawSheet([first, ...rest], columns), zoom)];
  }
  const digits = Math.max(4, String(cells.length - 1).length);
  for (const [index, cell] of cells.entries()) {
    signal.throwIfAborted();
    const number = String(index).padStart(digits, "0");
    const title = titles?.[index];
    const about = title === undefined ? number : `${number}-${asFileName(title)}`;
    for (const [position, picture] of cell.entries()) {
      yield [`${about}-${names[position]}.png`, await encodePng(picture)];
    }
  }
}

/** Of long names the end is kept, which tells them apart. So many letters of any script fit a file's name. */
const LONGEST_TITLE = 50;

/** A title without what cannot stand in the name of a file on every system. */
function asFileName(title: string): string {
  return Array.from(title.replaceAll(/[/\\:*?"<>|\p{Cc}]+/gu, "_"))
    .slice(-LONGEST_TITLE)
    .join("");
}

/**
 * Before anything is computed: files of the user's are not overwritten by chance.
 *
 * @throws UserError when the folder has files, unless that is allowed.
 */
export async function checkTarget(out: string, force: boolean): Promise<void> {
  const entries = await readdir(out).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw fileSystemError(error, out);
  });
  if (entries.length === 0 || force) return;
  throw new UserError(
    `the folder ${out} has files already (${someNames(entries)}); ` +
      "choose another folder, or write into it with --force",
  );
}
