/** What the columns of a history are called in full, and what they mean where the name does not say it. */

export interface TermName {
  readonly name: string;
  /** Half a sentence. */
  readonly meaning?: string;
  /** Lies between 0 and 1, as a rule. */
  readonly isShare?: true;
}

const CROSSENTROPY = "Binary crossentropy";
const ABSOLUTE = "Mean absolute error";
const SQUARED = "Mean squared error";

const GUESSING = "0.5 would be guessing";

const TERMS: Readonly<Record<string, TermName>> = {
  accuracy: { name: "Accuracy", isShare: true },
  accuracy_codes: {
    name: "Discriminator’s accuracy on codes of samples",
    meaning: `the share it tells from drawn ones; ${GUESSING}`,
    isShare: true,
  },
  accuracy_generated: {
    name: "Discriminator’s accuracy on generated samples",
    meaning: `the share it tells from real ones; ${GUESSING}`,
    isShare: true,
  },
  accuracy_prior: {
    name: "Discriminator’s accuracy on codes from the prior",
    meaning: `the share it tells from codes of samples; ${GUESSING}`,
    isShare: true,
  },
  accuracy_real: {
    name: "Discriminator’s accuracy on real samples",
    meaning: `the share it tells from generated ones; ${GUESSING}`,
    isShare: true,
  },
  bce: { name: CROSSENTROPY },
  binary_crossentropy: { name: CROSSENTROPY },
  categorical_crossentropy: { name: "Categorical crossentropy" },
  clean_mse: { name: `${SQUARED} of clean samples`, meaning: "what is lost where there is no noise to take out" },
  commitment: { name: "Commitment", meaning: "how far the encoder’s codes are from those of the codebook" },
  contraction: {
    name: "Contraction",
    meaning: "how far codes move when samples change: the penalty, without its weight",
  },
  discriminator: { name: "Discriminator’s loss", meaning: "low where it tells the two kinds apart" },
  diversity: {
    name: "Diversity of samples",
    meaning: "their variance, as a share of that of real ones",
    isShare: true,
  },
  duplicates: {
    name: "Samples that are alike",
    meaning: "the share of generated pairs that are nearly the same",
    isShare: true,
  },
  generator: { name: "Generator’s loss", meaning: "low where it deceives the discriminator" },
  gradient_penalty: { name: "Gradient penalty", meaning: "how steep the discriminator is" },
  kl: { name: "KL divergence", meaning: "how far codes are from the prior" },
  mae: { name: ABSOLUTE },
  mean_absolute_error: { name: ABSOLUTE },
  mean_squared_error: { name: SQUARED },
  mse: { name: SQUARED },
  penalty: { name: "Penalty" },
  perplexity: { name: "Perplexity of the codebook", meaning: "how many codes are in use, in effect" },
  reconstruction: { name: "Reconstruction", meaning: "the part of the loss that compares with the sample" },
  sparsity: { name: "Sparsity", meaning: "how much the units answer that should not: the penalty, without its weight" },
};

/**
 * Of a column, without `val_`. What is not known is called by its key.
 *
 * @param loss what `loss` stands for, where it is a single term: `mse`.
 */
export function termName(key: string, loss: string | undefined): TermName {
  if (key === "loss") {
    const only = loss === undefined ? undefined : TERMS[loss];
    return { name: only === undefined ? "Loss" : `${only.name}, the loss` };
  }
  return TERMS[key] ?? { name: capitalized(key.replaceAll("_", " ")) };
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
