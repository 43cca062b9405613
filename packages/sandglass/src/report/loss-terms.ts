/** Which curves there are: from the columns of a history to the terms of its loss. */
import type { EpochFigures } from "../runs/history-csv.ts";
import { termName, type TermName } from "./term-names.ts";

/** One figure by epoch, of the training and, if it was measured, of the validation. NaN where an epoch has none. */
export interface LossTerm extends TermName {
  /** As in the history: `loss`, `kl`. */
  readonly key: string;
  readonly training: readonly number[] | undefined;
  readonly validation: readonly number[] | undefined;
}

/** Figures that are measured beside the loss and are no part of it. */
const METRICS = new Set(["accuracy", "bce", "clean_mse", "mae", "mse"]);

const VALIDATION = "val_";

/**
 * The terms in the order of the columns; the loss comes first. Epochs of different phases may have different columns. What is
 * nowhere a finite number has no curve, nor has a metric that is the loss once more.
 *
 * @param loss what samples are compared by, where they are: `mse`.
 */
export function lossTerms(history: readonly EpochFigures[], loss?: string): LossTerm[] {
  const columns = [...new Set(history.flatMap((figures) => Object.keys(figures)))];
  const keys = [...new Set(columns.map((column) => column.replace(VALIDATION, "")))];
  // A loss of several terms is none of them.
  const single = keys.every((key) => key === "loss" || METRICS.has(key)) ? loss : undefined;
  const terms = keys.map((key): LossTerm => {
    const [training, validation] = [course(history, key), course(history, VALIDATION + key)];
    return { key, ...termName(key, single), training, validation };
  });
  const first = terms.filter(({ key }) => key === "loss");
  const others = terms.filter((term) => term.key !== "loss" && !first.some((one) => isSame(one, term)));
  return [...first, ...others].filter(({ training, validation }) => training ?? validation);
}

/** A column, or undefined where it has no finite number. */
function course(history: readonly EpochFigures[], column: string): number[] | undefined {
  const values = history.map((figures) => figures[column] ?? NaN);
  return values.some(Number.isFinite) ? values : undefined;
}

function isSame(a: LossTerm, b: LossTerm): boolean {
  const equal = (x: readonly number[] = [], y: readonly number[] = []): boolean =>
    x.length === y.length && x.every((value, index) => Object.is(value, y[index]));
  return equal(a.training, b.training) && equal(a.validation, b.validation);
}
