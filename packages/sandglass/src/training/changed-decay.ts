import type { TrainingSettings } from "../runs/run-record.ts";
import { formatBriefly } from "../text/number-format.ts";

/** How a training is to go on. */
export interface Continuation {
  /** In all; as many as the run was to have unless given. */
  readonly epochs?: number | undefined;
  readonly done: number;
  /** The parts that the training comes in; one unless given. */
  readonly phases?: number;
}

/**
 * What it means for a learning rate that falls over the epochs (half a cosine, as Keras's CosineDecay) when their number changes: the
 * training goes on along the curve that it would have had from the start. The curve of before would have nothing left to learn
 * with: at its end the rate is 0.
 *
 * @returns nothing where that does not change.
 */
export function describeChangedDecay(
  { epochs: planned, learningRate, decay }: Pick<TrainingSettings, "epochs" | "learningRate" | "decay">,
  { epochs = planned, done, phases = 1 }: Continuation,
): string | undefined {
  if (!decay || epochs === planned) return undefined;
  const rate = (total: number): string =>
    formatRate((learningRate * (1 + Math.cos((Math.PI * Math.min(done, total)) / total))) / 2);
  const figures = phases > 1 ? "" : ` from ${rate(planned)} to ${rate(epochs)}`;
  return (
    `the learning rate of this run falls to 0 over its epochs; with ${epochs} instead of ${planned} it ` +
    `${epochs > planned ? "rises" : "drops"}${figures} now, and falls from there. ` +
    `The weights will be similar to those of a run of ${epochs} from the start, but not the same`
  );
}

function formatRate(rate: number): string {
  return rate === 0 ? "0" : formatBriefly(rate);
}
