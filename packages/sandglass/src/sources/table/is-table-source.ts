import { readdir, stat } from "node:fs/promises";
import { isImageName } from "../../images/find/index.ts";
import { isTableName } from "../../tables/index.ts";

/** Of these it is known what to do about them. */
const SPREADSHEET = /\.(?:xlsx?|ods)$/iu;

/**
 * Whether what the user named is a table by its name: a file, a pattern of files, or a folder with files of such names right in it. A table
 * beside images (`labels.csv`) says something about them, and is not what the folder is for.
 */
export async function isTableSource(source: string): Promise<boolean> {
  const stats = await stat(source).catch(() => undefined);
  if (stats?.isDirectory() !== true) return isTableName(source) || SPREADSHEET.test(source);
  const names = await readdir(source).catch(() => []);
  return names.some((name) => !name.startsWith(".") && isTableName(name)) && !names.some(isImageName);
}
