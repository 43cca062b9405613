import { readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { isImageName, isSystemFolder } from "../../images/find/index.ts";
import { isPlainTableName, isTableName } from "../../tables/index.ts";

/** Of these it is known what to do about them. */
const SPREADSHEET = /\.(?:xlsx?|ods)$/iu;

/** So many names below a folder tell what it is for. */
const MOST_NAMES = 50_000;

/**
 * Whether what the user named is a table by its name: a file, a pattern of files, or a folder with tables and without images, wherever below it
 * they lie. A table beside or above images (`labels.csv`) says something about them, and is not what the folder is for; nor is a text
 * (`README.txt`, `annotations.json`), which is a table only where it is named itself.
 */
export async function isTableSource(source: string): Promise<boolean> {
  const stats = await stat(source).catch(() => undefined);
  if (stats?.isDirectory() !== true) return isTableName(source) || SPREADSHEET.test(source);
  let [seen, hasTable] = [0, false];
  for await (const name of namesBelow(source)) {
    if (isImageName(name)) return false;
    hasTable ||= !name.startsWith(".") && isPlainTableName(name);
    if (++seen >= MOST_NAMES) break;
  }
  return hasTable;
}

/** Names of files, level by level. Links are followed, each folder is read once, and those that cannot be read have no names. */
async function* namesBelow(root: string): AsyncGenerator<string> {
  const read = new Set<string>();
  const folders = [root];
  for (const folder of folders) {
    const real = await realpath(folder).catch(() => folder);
    if (read.has(real)) continue;
    read.add(real);
    for (const item of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
      const path = join(folder, item.name);
      const isFolder = item.isSymbolicLink() ? await leadsToFolder(path) : item.isDirectory();
      if (!isFolder) yield item.name;
      else if (!isSystemFolder(item.name)) folders.push(path);
    }
  }
}

async function leadsToFolder(link: string): Promise<boolean> {
  return (await stat(link).catch(() => undefined))?.isDirectory() === true;
}
