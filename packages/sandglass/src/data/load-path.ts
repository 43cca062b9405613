/** Data sets from a path: an IDX file, or a folder that holds IDX files under their usual names. */
import { readdir, stat } from "node:fs/promises";
import { basename, dirname, extname, join, resolve } from "node:path";
import type { Dataset } from "@sandglass/core";
import { UserError } from "../errors.ts";
import { readIdxFiles, type IdxFiles } from "./idx-files.ts";
import { spellings } from "./locate.ts";
import { nearestName } from "./nearest-name.ts";
import { namedSets, type SplitName } from "./registry.ts";

/**
 * Loads what lies at a path. The labels of `…-images-idx3-ubyte…` are found beside it as `…-labels-idx1-ubyte…`; other
 * files have none.
 *
 * @throws UserError when nothing is there, or no IDX file.
 */
export async function loadPath(path: string, split: SplitName): Promise<Dataset> {
  const stats = await stat(path).catch(() => undefined);
  if (stats === undefined) throw unknownSource(path);
  const files = stats.isDirectory()
    ? await filesOfFolder(path, split)
    : { images: path, labels: await labelsBeside(path) };
  const name = basename(stats.isDirectory() ? resolve(path) : path.replace(/\.gz$/, ""));
  return readIdxFiles(name, files);
}

/** What was typed is neither a known name nor a path: says which of the two it looks like. */
function unknownSource(typed: string): UserError {
  const names = namedSets.map((set) => set.name);
  if (/[/\\]/.test(typed) || extname(typed) !== "") {
    return new UserError(`there is no file or folder ${typed} (in ${process.cwd()}); check the path`);
  }
  const meant = nearestName(typed, names);
  return new UserError(
    `there is no data set "${typed}", and no file or folder of that name${meant ? `; did you mean "${meant}"?` : ""}\n` +
      `Known sets: ${names.join(", ")}. Or give the path of an IDX file, or of a folder with IDX files.`,
    { exitCode: 2 },
  );
}

/** The images and labels of one half, by the names under which MNIST and its relatives are published. */
async function filesOfFolder(folder: string, split: SplitName): Promise<IdxFiles> {
  const entries = await readdir(folder);
  if (entries.length === 0) {
    throw new UserError(`the folder ${folder} is empty; expected IDX files such as ${imagesName[split]}.gz`);
  }
  const images = spellings(`${imagesName[split]}.gz`).find((name) => entries.includes(name));
  if (images === undefined) {
    const some = entries.slice(0, 5).join(", ") + (entries.length > 5 ? ", …" : "");
    throw new UserError(
      `the folder ${folder} has no file ${imagesName[split]}.gz or ${imagesName[split]}; it has ${some}\n` +
        "Rename the IDX file with the images so, or give its path instead of the folder's.",
    );
  }
  return { images: join(folder, images), labels: await labelsBeside(join(folder, images)) };
}

const imagesName: Readonly<Record<SplitName, string>> = {
  train: "train-images-idx3-ubyte",
  test: "t10k-images-idx3-ubyte",
};

/** The labels of `…-images-idx3-ubyte…` lie beside it as `…-labels-idx1-ubyte…`, compressed or not. */
async function labelsBeside(images: string): Promise<string | undefined> {
  const name = basename(images).replace("-images-idx3-ubyte", "-labels-idx1-ubyte");
  if (name === basename(images)) return undefined;
  const entries = await readdir(dirname(images));
  const plain = name.replace(/\.gz$/, "");
  const found = [name, plain, `${plain}.gz`].find((candidate) => entries.includes(candidate));
  return found && join(dirname(images), found);
}
