/** Which curves there are: from the columns of a history to the terms of its loss. */
import type { EpochFigures } from "../runs/history-csv.ts";

/** One figure by epoch, of the training and, if it was measured, of the validation. NaN where an epoch has none. */
export interface LossTerm {
  /** As in the history: `loss`, `kl`. */
  readonly key: string;
  /** What it is called in full. */
  readonly name: string;
  readonly training: readonly number[] | undefined;
  readonly validation: readonly number[] | undefined;
}

/** What terms are called in full. */
const NAMES: Readonly<Record<string, string>> = {
  accuracy: "Accuracy",
  accuracy_generated: "Discriminator’s accuracy on generated samples",
  accuracy_real: "Discriminator’s accuracy on real samples",
  bce: "Binary crossentropy",
  binary_crossentropy: "Binary crossentropy",
  categorical_crossentropy: "Categorical crossentropy",
  commitment: "Commitment to the codebook",
  discriminator: "Discriminator",
  diversity: "Diversity of samples",
  duplicates: "Samples that are alike",
  generator: "Generator",
  gradient_penalty: "Gradient penalty",
  kl: "KL divergence",
  mae: "Mean absolute error",
  mean_absolute_error: "Mean absolute error",
  mean_squared_error: "Mean squared error",
  mse: "Mean squared error",
  penalty: "Penalty",
  perplexity: "Perplexity of the codebook",
  reconstruction: "Reconstruction",
  sparsity: "Sparsity",
};

/** Figures that are measured beside the loss and are no part of it. */
const METRICS = new Set(["accuracy", "bce", "mae", "mse"]);

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
    const name = nameOf(key, single);
    return { key, name, training: course(history, key), validation: course(history, VALIDATION + key) };
  });
  const first = terms.filter(({ key }) => key === "loss");
  const others = terms.filter((term) => term.key !== "loss" && !first.some((one) => isSame(one, term)));
  return [...first, ...others].filter(({ training, validation }) => training ?? validation);
}

function nameOf(key: string, loss: string | undefined): string {
  if (key === "loss") return loss !== undefined && loss in NAMES ? `${NAMES[loss]}, the loss` : "Loss";
  return NAMES[key] ?? capitalized(key.replaceAll("_", " "));
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
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
