/**
 * Finds every file below a folder. Links to files and folders are followed, and each folder is read once, whichever ways lead
 * to it: that ends loops, and keeps images from being found twice. What does not depend on links is found first, so that
 * the result is the same whatever the order in which the disk answers.
 */
import type { Dirent } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import { fileSystemError } from "../../data/file-system-error.ts";
import { mapInFlight } from "../in-flight.ts";
import { someNames } from "../../text/some-names.ts";
import { isSystemFolder } from "./file-names.ts";
import { ASKED_AT_ONCE } from "./measure-files.ts";
import { count } from "./wording.ts";

export interface WalkOptions {
  /** How many folders deep files may lie: 0 for the folder itself. */
  readonly depth?: number;
  readonly signal?: AbortSignal | undefined;
}

export interface Walked {
  /** Paths below the folder, with `/` between their parts, in no order. */
  readonly files: readonly string[];
  readonly folders: readonly string[];
  readonly notes: readonly string[];
}

/**
 * Finds every file below a folder, except in hidden folders and those of the system.
 *
 * @throws UserError when the folder itself cannot be read. Those below it that cannot be read are named in the notes.
 */
export async function walkFolder(root: string, options: WalkOptions = {}): Promise<Walked> {
  const real = await realpath(root).catch((error: unknown) => {
    throw fileSystemError(error, root);
  });
  const walk = new Walk(root, real, options);
  await walk.below({ path: "", real, depth: 0 });
  await walk.links();
  return walk.found();
}

interface Folder {
  readonly path: string;
  /** Where it is without links: what tells whether it has been read. */
  readonly real: string;
  readonly depth: number;
}

/** `holder` is the folder in which the link lies, without links. */
interface Link {
  readonly path: string;
  readonly holder: string;
  readonly depth: number;
}

class Walk {
  readonly #root: string;
  readonly #realRoot: string;
  readonly #maxDepth: number;
  readonly #signal: AbortSignal | undefined;
  readonly #files: string[] = [];
  readonly #folders: string[] = [];
  readonly #read = new Set<string>();
  #links: Link[] = [];
  readonly #unreadable: string[] = [];
  readonly #readBefore: string[] = [];
  readonly #broken: string[] = [];

  constructor(root: string, real: string, { depth = Infinity, signal }: WalkOptions) {
    this.#root = root;
    this.#realRoot = real;
    this.#maxDepth = depth;
    this.#signal = signal;
  }

  /** Reads a folder and those below it, level by level. */
  async below(folder: Folder): Promise<void> {
    this.#read.add(folder.real);
    for (let level: readonly Folder[] = [folder]; level.length > 0;) {
      level = (await mapInFlight(level, ASKED_AT_ONCE, (one) => this.#readFolder(one), this.#signal)).flat();
    }
  }

  /** Follows the links that were met, and those behind them, in the order of their paths. */
  async links(): Promise<void> {
    while (this.#links.length > 0) {
      const links = this.#links.toSorted((a, b) => (a.path < b.path ? -1 : 1));
      this.#links = [];
      const targets = await mapInFlight(links, ASKED_AT_ONCE, ({ path }) => this.#targetOf(path), this.#signal);
      for (const [index, link] of links.entries()) {
        const target = targets[index];
        if (target === "nothing") this.#broken.push(link.path);
        else if (target === "file") this.#files.push(link.path);
        else if (target !== undefined) await this.#enter(link, target.folder);
      }
    }
  }

  found(): Walked {
    const notes: string[] = [];
    const note = (paths: string[], say: (number: number, names: string) => string): void => {
      if (paths.length > 0) notes.push(say(paths.length, someNames(paths.toSorted())));
    };
    note(this.#unreadable, (n, names) => `${count(n, "folder")} could not be read and ${isLeftOut(n)}: ${names}`);
    note(this.#broken, (n, names) => `${count(n, "link")} ${n === 1 ? "leads" : "lead"} nowhere: ${names}`);
    note(
      this.#readBefore,
      (n, names) => `${count(n, "link")} to ${n === 1 ? "a folder" : "folders"} read already ${isLeftOut(n)}: ${names}`,
    );
    return { files: this.#files, folders: this.#folders, notes };
  }

  /** Takes down what a folder has, and returns the folders among it. */
  async #readFolder({ path, real, depth }: Folder): Promise<Folder[]> {
    const items = await this.#itemsOf(path);
    const below: Folder[] = [];
    for (const item of items) {
      const itemPath = path === "" ? item.name : `${path}/${item.name}`;
      if (item.isSymbolicLink()) {
        if (!isSystemFolder(item.name)) this.#links.push({ path: itemPath, holder: real, depth: depth + 1 });
      } else if (item.isDirectory()) {
        const folder = { path: itemPath, real: join(real, item.name), depth: depth + 1 };
        if (this.#isNew(folder, item.name)) below.push(folder);
      } else {
        this.#files.push(itemPath);
      }
    }
    return below;
  }

  async #itemsOf(path: string): Promise<readonly Dirent[]> {
    try {
      return await readdir(join(this.#root, path), { withFileTypes: true });
    } catch (error) {
      if (path === "") throw fileSystemError(error, this.#root);
      this.#unreadable.push(`${path} (${reasonOf(error)})`);
      return [];
    }
  }

  #isNew({ path, real, depth }: Folder, name: string): boolean {
    if (isSystemFolder(name) || depth > this.#maxDepth || this.#read.has(real)) return false;
    this.#read.add(real);
    this.#folders.push(path);
    return true;
  }

  async #targetOf(link: string): Promise<"file" | "nothing" | { readonly folder: string }> {
    const path = join(this.#root, link);
    try {
      return (await stat(path)).isDirectory() ? { folder: await realpath(path) } : "file";
    } catch {
      return "nothing";
    }
  }

  /** A link to a folder around it, or around everything, is a loop: it leads to what is being read. */
  async #enter({ path, holder, depth }: Link, real: string): Promise<void> {
    if (depth > this.#maxDepth) return;
    if (this.#read.has(real) || isWithin(holder, real) || isWithin(this.#realRoot, real)) {
      this.#readBefore.push(path);
      return;
    }
    this.#folders.push(path);
    await this.below({ path, real, depth });
  }
}

function isWithin(folder: string, around: string): boolean {
  return folder === around || folder.startsWith(around.endsWith(sep) ? around : around + sep);
}

function isLeftOut(number: number): string {
  return number === 1 ? "is left out" : "are left out";
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "EACCES" || code === "EPERM" ? "no permission" : String(code ?? error);
}
