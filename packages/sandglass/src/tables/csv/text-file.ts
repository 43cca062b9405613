/** One text file with a table: what has to be known before it is read. */
import { join } from "node:path";
import type { Database } from "../database.ts";
import { UserError } from "../../errors.ts";
import { isGzip } from "./byte-stream.ts";
import { checkFirstLine } from "./check-width.ts";
import { detectEncoding, type Encoding } from "./encoding.ts";
import { readHead } from "./file-head.ts";
import { transcode } from "./transcode.ts";

export interface TextFile {
  /** As the user knows it. */
  readonly path: string;
  /** Where it lies as UTF-8: the same, or a copy. */
  readonly readable: string;
  readonly isCopy: boolean;
  readonly isCompressed: boolean;
  readonly encoding: Encoding;
  /** The first line, by which files of one kind are known. */
  readonly firstLine: string;
  /** The beginning of the text. */
  readonly head: string;
}

/** Copies have names that no other one has. */
let copies = 0;

/**
 * Looks into a text file, and brings it to UTF-8. Undefined when it is empty.
 *
 * @param encoding what its characters are written in, where that has been found out already.
 * @throws UserError when it is no text, cannot be read, or has too many columns.
 */
export async function openTextFile(
  database: Database,
  path: string,
  encoding?: Encoding,
): Promise<TextFile | undefined> {
  const { bytes, isWhole } = await readHead(path);
  if (bytes.length === 0) return undefined;
  const known = encoding ?? detectEncoding(bytes, isWhole);
  if (known === undefined) {
    throw new UserError(`${path} holds bytes that are no text; expected a table as CSV, TSV, Parquet or JSON`);
  }
  const head = new TextDecoder(known).decode(bytes);
  if (head.trim() === "") return undefined;
  checkFirstLine(path, head, isWhole);
  const isCopy = known !== "utf-8";
  const copy = join(database.folder, `text-${copies++}.csv`);
  if (isCopy) await transcode(path, known, copy);
  return {
    path,
    readable: isCopy ? copy : path,
    isCopy,
    isCompressed: !isCopy && (await isGzip(path)),
    encoding: known,
    firstLine: head.split(/[\r\n]/, 1)[0] ?? "",
    head,
  };
}
