/** The course of a training as a table: one line an epoch, one column a figure. */
import { UserError } from "../errors.ts";

/** The figures of an epoch: `loss`, `val_loss`, … */
export type EpochFigures = Readonly<Record<string, number>>;

/** `epoch,loss,val_loss` and a line for each epoch, counted from 1. A figure that an epoch lacks is an empty cell. */
export function formatHistory(epochs: readonly EpochFigures[]): string {
  const names = [...new Set(epochs.length === 0 ? ["loss"] : epochs.flatMap((figures) => Object.keys(figures)))];
  const lines = epochs.map((figures, index) => [index + 1, ...names.map((name) => figures[name] ?? "")].join(","));
  return `${[["epoch", ...names].join(","), ...lines].join("\n")}\n`;
}

/**
 * The inverse of `formatHistory`.
 *
 * @throws UserError that names the line when it is no such table.
 */
export function parseHistory(text: string, path: string): EpochFigures[] {
  const [header = "", ...lines] = text.trim().split(/\r?\n/u);
  const [first, ...names] = header.split(",");
  if (first !== "epoch") throw new UserError(`${path} must begin with a column "epoch"; it begins with "${header}"`);
  return lines.map((line, index) => {
    const [epoch, ...cells] = line.split(",");
    const values = cells.map(Number);
    if (Number(epoch) !== index + 1 || values.length !== names.length || !values.every(Number.isFinite)) {
      throw new UserError(
        `line ${index + 2} of ${path} is "${line}"; expected epoch ${index + 1} and ${names.length} numbers`,
      );
    }
    const figures = names.map((name, column) => [name, values[column] ?? NaN] as const);
    return Object.fromEntries(figures.filter((_, column) => cells[column] !== ""));
  });
}
