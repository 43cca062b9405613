/** One text file with a table: what has to be known before it is read. */
import { join } from "node:path";
import type { Database } from "../database.ts";
import { UserError } from "../../errors.ts";
import { isGzip } from "./byte-stream.ts";
import { checkFirstLine } from "./check-width.ts";
import { detectEncoding } from "./encoding.ts";
import { readHead } from "./file-head.ts";
import { transcode } from "./transcode.ts";
import { weighEncoding, type WeighedEncoding } from "./weigh-encoding.ts";

export interface TextFile {
  /** As the user knows it. */
  readonly path: string;
  /** Where it lies as UTF-8: the same, or a copy. */
  readonly readable: string;
  readonly isCopy: boolean;
  readonly isCompressed: boolean;
  readonly encoding: string;
  /** What the user should know of its letters. */
  readonly note?: string;
  /** The first line, by which files of one kind are known. */
  readonly firstLine: string;
  /** The beginning of the text. */
  readonly head: string;
}

/** Copies have names that no other one has. */
let copies = 0;

interface TextFileOptions {
  /** Whether its first bytes are not enough to tell what its letters are written in; false unless given. */
  readonly isDoubtful?: boolean;
  /** What they are written in, where the user says so. */
  readonly encoding?: string | undefined;
}

/**
 * Looks into a text file, and brings it to UTF-8. Undefined when it is empty.
 *
 * @throws UserError when it is no text, cannot be read, or has too many columns.
 */
export async function openTextFile(
  database: Database,
  path: string,
  { isDoubtful = false, encoding: chosen }: TextFileOptions = {},
): Promise<TextFile | undefined> {
  const { bytes, isWhole } = await readHead(path, database.signal);
  if (bytes.length === 0) return undefined;
  const seen = chosen === undefined ? detectEncoding(bytes, isWhole) : encodingNamed(chosen);
  if (seen === undefined) {
    throw new UserError(`${path} holds bytes that are no text; expected a table as CSV, TSV, Parquet or JSON`);
  }
  const isUnsure = isDoubtful || (chosen === undefined && seen === "windows-1252");
  const weighed = isUnsure ? await weighEncoding(path, database.signal) : undefined;
  const known = chosen === undefined && weighed !== undefined ? weighed.encoding : seen;
  const head = new TextDecoder(known).decode(bytes);
  if (head.trim() === "") return undefined;
  checkFirstLine(path, head, isWhole);
  const isCopy = known !== "utf-8" || weighed !== undefined;
  const copy = join(database.folder, `text-${copies++}.csv`);
  if (isCopy) await transcode(path, known, copy, database.signal);
  return {
    path,
    readable: isCopy ? copy : path,
    isCopy,
    isCompressed: !isCopy && (await isGzip(path)),
    encoding: known,
    ...(weighed && { note: encodingNote(path, { ...weighed, encoding: known }) }),
    firstLine: head.split(/[\r\n]/, 1)[0] ?? "",
    head,
  };
}

/** The name by which decoders go: `windows-1252` of `latin1`. */
function encodingNamed(name: string): string {
  try {
    return new TextDecoder(name).encoding;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UserError(`no encoding is called "${name}"; expected a name such as utf-8, windows-1252 or shift_jis`, {
      exitCode: 2,
      cause: error,
    });
  }
}

function encodingNote(
  path: string,
  { encoding, badLines, firstBadLine }: Omit<WeighedEncoding, "encoding"> & { readonly encoding: string },
): string {
  if (encoding === "windows-1252") {
    return `${path} holds bytes that are no UTF-8, line ${firstBadLine} first of all, and is read as Windows-1252`;
  }
  const lines = `${badLines.toLocaleString("en-US")} ${badLines === 1 ? "line holds" : "lines hold"}`;
  return `${path} is UTF-8, and ${lines} bytes that are not, line ${firstBadLine} first of all; "\ufffd" is read in their place`;
}
