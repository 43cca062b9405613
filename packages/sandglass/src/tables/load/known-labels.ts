import type { TablePiece } from "../read-columns.ts";
import { NO_LABEL } from "./label-classes.ts";
import type { RowLabels } from "./row-store.ts";

/** The column with the classes of a table that was trained on. */
export interface KnownClasses {
  readonly column: string;
  readonly names: readonly string[];
}

/** Reads the classes of new rows, where these have the column, and no class that training did not have. */
export class KnownLabels {
  readonly #classes: KnownClasses;
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #labels: Uint8Array | Uint16Array;
  /** New rows often come without: that is why a model is used on them. */
  #areThere = true;
  #stranger: string | undefined;

  constructor(classes: KnownClasses, count: number) {
    this.#classes = classes;
    this.#numbers = new Map(classes.names.map((name, number) => [name, number]));
    this.#labels = classes.names.length <= 256 ? new Uint8Array(count) : new Uint16Array(count);
  }

  add({ from, count, columns }: TablePiece): void {
    const { column } = this.#classes;
    const values = columns.find(({ name }) => name === column)?.values;
    this.#areThere &&= values !== undefined;
    if (values === undefined || this.#stranger !== undefined) return;
    for (let row = 0; row < count; row++) {
      const value = values[row];
      const name = value === undefined || Number.isNaN(value) ? NO_LABEL : String(value);
      const number = this.#numbers.get(name);
      if (number === undefined) {
        this.#stranger = name;
        return;
      }
      this.#labels[from + row] = number;
    }
  }

  /** The labels of all rows; none where there are none, or another one. */
  finish(): { readonly labels?: RowLabels; readonly notes: readonly string[] } {
    const { column, names } = this.#classes;
    if (!this.#areThere) return { notes: [] };
    if (this.#stranger === undefined) return { labels: { labels: this.#labels, classNames: names }, notes: [] };
    return {
      notes: [
        `column "${column}", the label, has "${this.#stranger}", which is no class of the training; no row has a class here`,
      ],
    };
  }
}
