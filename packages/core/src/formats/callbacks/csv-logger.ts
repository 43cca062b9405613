import { reprFloat } from "../../nn/callbacks/python-number.ts";
import type { JsonValue } from "../../nn/keras-object.ts";
import type { Logs } from "../../nn/logs.ts";
import type { Callback } from "../../nn/training/callback.ts";
import type { Files } from "../files.ts";

export interface CsvLoggerOptions {
  /** Where the file goes. */
  readonly files: Files;
  /** What stands between two columns; "," unless given. */
  readonly separator?: string;
  /** Whether to go on with a file that is there, without a second header; false unless given. */
  readonly append?: boolean;
}

interface State {
  readonly [key: string]: JsonValue;
  /** Bytes of the file that are good. */
  readonly length: number;
  readonly columns: readonly string[] | null;
}

class CsvLogger implements Callback {
  readonly name = "csvLogger";
  readonly #path: string;
  readonly #files: Files;
  readonly #separator: string;
  readonly #append: boolean;
  #columns: readonly string[] | undefined;
  #length = 0;
  #isOpen = false;

  constructor(path: string, { files, separator = ",", append = false }: CsvLoggerOptions) {
    this.#path = path;
    this.#files = files;
    this.#separator = separator;
    this.#append = append;
  }

  get state(): State {
    return { length: this.#length, columns: this.#columns ?? null };
  }

  /** Cuts off what was written after the state was saved: those epochs will come again. */
  async restoreState(state: JsonValue): Promise<void> {
    const { length, columns } = state as State;
    if (columns === null) return;
    const bytes = (await this.#files.read(this.#path)) ?? new Uint8Array();
    if (bytes.length > length) await this.#files.write(this.#path, bytes.subarray(0, length));
    // A file that was taken away begins again with its header.
    if (bytes.length < length) return;
    this.#length = length;
    this.#columns = columns;
    this.#isOpen = true;
  }

  onTrainBegin(): void {
    this.#columns = undefined;
    this.#length = 0;
    this.#isOpen = false;
  }

  async onEpochEnd(epoch: number, logs: Logs): Promise<void> {
    let text = "";
    if (this.#columns === undefined) {
      this.#columns = columnsOf(logs);
      if (await this.#needsHeader()) text = this.#line(["epoch", ...this.#columns]);
    }
    text += this.#line([String(epoch), ...this.#columns.map((name) => valueText(logs[name]))]);
    const bytes = new TextEncoder().encode(text);
    if (this.#isOpen) await this.#files.append(this.#path, bytes);
    else await this.#files.write(this.#path, bytes);
    this.#isOpen = true;
    this.#length += bytes.length;
  }

  async #needsHeader(): Promise<boolean> {
    if (!this.#append) return true;
    this.#length = (await this.#files.read(this.#path))?.length ?? 0;
    this.#isOpen = true;
    return this.#length === 0;
  }

  /** Python's csv module quotes what holds the separator, quotes or ends of lines, and ends lines with both characters. */
  #line(fields: readonly string[]): string {
    const special = [this.#separator, '"', "\r", "\n"];
    const quoted = fields.map((field) =>
      special.some((text) => field.includes(text)) ? `"${field.replaceAll('"', '""')}"` : field,
    );
    return `${quoted.join(this.#separator)}\r\n`;
  }
}

/** Sorted; without a validation in the first epoch there are columns for a later one, as in Keras. */
function columnsOf(logs: Logs): string[] {
  const names = Object.keys(logs).toSorted((a, b) => (a < b ? -1 : 1));
  return names.some((name) => name.startsWith("val_")) ? names : [...names, ...names.map((name) => `val_${name}`)];
}

function valueText(value: number | undefined): string {
  return value === undefined ? "NA" : reprFloat(value);
}

/**
 * Writes the figures of each epoch as a line of a CSV file, as Keras's CSVLogger: `epoch`, then the figures by name.
 *
 * @example
 * csvLogger("history.csv", { files });
 */
export function csvLogger(path: string, options: CsvLoggerOptions): Callback {
  return new CsvLogger(path, options);
}
