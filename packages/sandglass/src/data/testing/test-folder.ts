/** A folder for the files of one test. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "../../errors.ts";

export interface TestFolder extends AsyncDisposable {
  readonly path: string;
  /** Writes files; returns the path of the last one. */
  put(files: Readonly<Record<string, Uint8Array | string>>): Promise<string>;
}

export async function testFolder(): Promise<TestFolder> {
  const folder = await mkdtemp(join(tmpdir(), "sandglass-data-"));
  return {
    path: folder,
    async put(files) {
      let path = folder;
      for (const [name, bytes] of Object.entries(files)) {
        path = join(folder, name);
        await mkdir(join(path, ".."), { recursive: true });
        await writeFile(path, bytes);
      }
      return path;
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

/** The UserError that something fails with. */
export async function userError(promise: Promise<unknown>): Promise<UserError> {
  const error: unknown = await promise.then(
    () => new Error("nothing was wrong"),
    (caught: unknown) => caught,
  );
  if (error instanceof UserError) return error;
  throw error;
}
