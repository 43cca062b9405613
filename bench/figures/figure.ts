import { join } from "node:path";

/** A published figure, and the command that should reach it. */
export interface PublishedFigure {
  /** Names the run and its result: `stacked-tied`. */
  readonly id: string;
  /** What is trained, in words. */
  readonly title: string;
  /** Who published the figure, with the setting where it is not that of the command. */
  readonly source: string;
  /** What the figure is: `val_mse`, `val_loss`; terms added up as `val_reconstruction + val_kl`. */
  readonly measure: string;
  /** How the publisher's figure follows from that, where it is another one. */
  readonly conversion?: { readonly text: string; convert(value: number): number };
  /** Undefined where nobody published one. */
  readonly published: number | undefined;
  /** What else is read off, by what it is called in the table. */
  readonly others?: Readonly<Record<string, string>>;
  /** Whether larger figures are better; false unless given. */
  readonly largerIsBetter?: boolean;
  /** The words after `sandglass`; of those that begin with `DATA/`, the folder is the user's. */
  readonly train: readonly string[];
  /** A second command on the run, which measures: `judge`. */
  readonly afterwards?: readonly string[];
}

/** What came of it. */
export interface MeasuredFigure {
  readonly id: string;
  readonly command: string;
  readonly value: number;
  readonly others?: Readonly<Record<string, number>>;
  readonly parameters: number;
  readonly epochs: number;
  readonly seconds: number;
  readonly sandglass: string;
  readonly date: string;
}

/** Whether the figure is reached or beaten. */
export function isReached({ published, largerIsBetter = false }: PublishedFigure, value: number): boolean {
  if (published === undefined) return true;
  return largerIsBetter ? value >= published : value <= published;
}

/**
 * The words of a command with the folders that they name.
 *
 * @throws Error when a word begins with `DATA/`, and there is no folder of data.
 */
export function inDataFolder(words: readonly string[], folder: string | undefined): readonly string[] {
  return words.map((word) => {
    if (!word.startsWith("DATA/")) return word;
    if (folder === undefined) throw new Error(`${word} lies in the folder that SANDGLASS_DATA names; none came`);
    return join(folder, word.slice("DATA/".length));
  });
}
