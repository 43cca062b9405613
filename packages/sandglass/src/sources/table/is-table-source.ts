import { readdir, stat } from "node:fs/promises";
import { isTableName } from "../../tables/index.ts";

/** Whether what the user named is a table by its name: a file, a pattern of files, or a folder with files of such names right in it. */
export async function isTableSource(source: string): Promise<boolean> {
  const stats = await stat(source).catch(() => undefined);
  if (stats?.isDirectory() !== true) return isTableName(source);
  const entries = await readdir(source).catch(() => []);
  return entries.some((name) => !name.startsWith(".") && isTableName(name));
}
