/** The loss or a weight became NaN or infinite. The model has the weights of the last good epoch again. */
export class TrainingDiverged extends Error {
  override readonly name = "TrainingDiverged";
  /** The epoch in which it happened, counted from 1. */
  readonly epoch: number;
  /** The step of that epoch, counted from 1. */
  readonly step: number;

  constructor(what: string, epoch: number, step: number) {
    super(
      `training diverged: ${what} in step ${step} of epoch ${epoch}. The weights are those from before that epoch. ` +
        "Try a smaller learning rate, and check that the inputs are scaled, for example to 0 … 1.",
    );
    this.epoch = epoch;
    this.step = step;
  }
}
