/**
 * Files, as callbacks need them that write while a training goes on. Paths are plain texts with "/". The core has no file
 * system: in Node the package `sandglass` brings one (`nodeFiles`), elsewhere `memoryFiles` keeps what was written.
 */
export interface Files {
  /** The bytes of a file; undefined when there is none. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** Puts a file there as a whole: whatever happens meanwhile, the path has the old bytes or the new ones. Makes folders. */
  write(path: string, bytes: Uint8Array): Promise<void>;
  /** Adds bytes at the end of a file, or makes it. Makes folders. */
  append(path: string, bytes: Uint8Array): Promise<void>;
  /** Removes a file; does nothing when there is none. */
  remove(path: string): Promise<void>;
  /** The names of the files right in a folder, sorted; none when there is no such folder. */
  list(folder: string): Promise<string[]>;
}

/** The path of a name in a folder. */
export function joinPath(folder: string, name: string): string {
  return folder === "" || folder.endsWith("/") ? folder + name : `${folder}/${name}`;
}
