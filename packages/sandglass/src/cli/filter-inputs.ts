/** What `sandglass filter` is given: an image and a kernel. */
import { readFile } from "node:fs/promises";
import { checkKernel, filterKernels, type Kernel } from "@sandglass/core";
import { fileSystemError } from "../data/file-system-error.ts";
import { nearestName } from "../data/nearest-name.ts";
import { UserError } from "../errors.ts";
import { readPicture } from "../images/index.ts";

/** An image to slide a kernel over. */
export interface OpenedImage {
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
}

/**
 * A picture, or the numbers of a JSON file.
 *
 * @throws UserError when it cannot be read.
 */
export async function openImage(
  path: string,
  options: { readonly grey: boolean; readonly signal: AbortSignal },
): Promise<OpenedImage> {
  if (!isJson(path)) return readPicture(path, options);
  const rows = await readRows(path, "an image");
  return { shape: [rows.length, rows[0]?.length ?? 0, 1], values: rows.flat() };
}

/**
 * The kernel of a name, or of a JSON file.
 *
 * @throws UserError when there is none of the name, or the file does not hold one.
 */
export async function openKernel(named: string): Promise<Kernel> {
  if (isJson(named)) return readRows(named, "a kernel");
  const names = Object.keys(filterKernels) as (keyof typeof filterKernels)[];
  const found = names.find((name) => name === named);
  if (found !== undefined) return filterKernels[found];
  const meant = nearestName(named, names);
  throw new UserError(
    `there is no kernel "${named}"${meant === undefined ? "." : `; did you mean "${meant}"?`} Known: ${names.join(", ")}, or a file ` +
      "that ends in .json",
    { exitCode: 2 },
  );
}

function isJson(path: string): boolean {
  return path.toLowerCase().endsWith(".json");
}

/** @throws UserError when the file is not there, or does not hold rows of numbers. */
async function readRows(path: string, what: string): Promise<Kernel> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw fileSystemError(error, path);
  });
  try {
    return checkKernel(JSON.parse(text));
  } catch (error) {
    throw new UserError(
      `${path} does not hold ${what}: expected JSON with rows of numbers, as many in each, such as [[0, 1], [1, 0]]`,
      { cause: error },
    );
  }
}
