import type { Files } from "../files.ts";
import { encodeMessage } from "../protobuf/message.ts";
import { eventMessage } from "./messages.ts";
import type { Summary } from "./messages.ts";
import { encodeRecord } from "./records.ts";

const VERSION = "brain.Event:2";

/** A file of events that grows as they happen. */
export class EventFile {
  readonly #files: Files;
  readonly #path: string;
  #length = 0;

  constructor(files: Files, path: string) {
    this.#files = files;
    this.#path = path;
  }

  /** Bytes so far; 0 as long as there is no file. */
  get length(): number {
    return this.#length;
  }

  /** Adds the summaries of a step. */
  async write(step: number, summaries: readonly Summary[]): Promise<void> {
    if (summaries.length === 0) return;
    const wallTime = Date.now() / 1000;
    const events = [
      ...(this.#length === 0 ? [{ wallTime, step: 0, fileVersion: VERSION }] : []),
      ...summaries.map((value) => ({ wallTime, step, summary: { value: [value] } })),
    ];
    const records = events.map((event) => encodeRecord(encodeMessage(eventMessage, event)));
    const bytes = new Uint8Array(records.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const record of records) {
      bytes.set(record, at);
      at += record.length;
    }
    await this.#files.append(this.#path, bytes);
    this.#length += bytes.length;
  }

  /** Goes back to when the file had so many bytes. */
  async cut(length: number): Promise<void> {
    const bytes = await this.#files.read(this.#path);
    this.#length = Math.min(length, bytes?.length ?? 0);
    if (bytes === undefined || bytes.length === this.#length) return;
    if (this.#length === 0) await this.#files.remove(this.#path);
    else await this.#files.write(this.#path, bytes.subarray(0, this.#length));
  }
}
