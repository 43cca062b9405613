import type { Logs } from "../../nn/logs.ts";
import type { Warning } from "../exhibit.ts";

/** The discriminator tells nearly all codes from drawn ones. */
const PINNED = 0.95;
/** For so many epochs, the last ones: it may be ahead for a while. */
const EPOCHS = 3;

/** Whether the discriminator of codes always wins, so that codes are not spread like the prior. */
export function mismatchWarnings(history: readonly Logs[]): readonly Warning[] {
  const last = history.slice(-EPOCHS);
  const accuracies = last.map(({ accuracy_prior = 0, accuracy_codes = 0 }) => Math.min(accuracy_prior, accuracy_codes));
  if (last.length < EPOCHS || accuracies.some((accuracy) => accuracy < PINNED)) return [];
  const percent = Math.floor(100 * Math.min(...accuracies));
  return [
    {
      title: "The codes are not spread like the prior",
      text:
        `For ${EPOCHS} epochs the discriminator has told at least ${percent} % of the codes from drawn ones: ` +
        "samples decoded from drawn codes will not look like the data. Train longer, or with a larger adversarialRate or smaller code.",
    },
  ];
}
