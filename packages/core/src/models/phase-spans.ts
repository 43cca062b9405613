/** Which epochs belong to which part of a training. */
import { counted } from "../data/counted.ts";
import type { Network, Phase } from "./model-family.ts";
import type { TrainingPlan } from "./train-phases.ts";
import type { TrainingState } from "./training-state.ts";

/** A phase, as its callbacks know it. Epochs count from 0. */
export interface PhaseSpan {
  readonly name: string;
  /** The first epoch, and the one after the last. */
  readonly from: number;
  readonly to: number;
  readonly isLast: boolean;
}

/** Where a training stands. */
type Standing = Pick<TrainingState, "phase" | "from">;

/**
 * When each phase begins and ends: by its share of the epochs, but none without an epoch. A solved phase takes one.
 *
 * Where a training goes on, phases that are over stay over, and the one at hand takes what was done since it began, whatever the epochs
 * are now: no other phase begins or ends in between.
 *
 * @param state where the training stands, if there is any.
 * @throws RangeError when there are fewer epochs than phases left, or the training is to go on in an earlier phase than it stands in.
 */
export function phaseSpans(
  { phases }: Pick<Network, "phases">,
  { epochs, initialEpoch }: Pick<TrainingPlan, "epochs" | "initialEpoch">,
  state?: Standing,
): PhaseSpan[] {
  const resumed = initialEpoch > 0 ? state : undefined;
  if (resumed === undefined) checkEpochs(phases, epochs);
  else checkResumed(phases, { epochs, initialEpoch }, resumed);
  const due = dueEpochs(phases, epochs);
  const endOf = (index: number): number => {
    const end = Math.min(due[index] as number, epochs - (phases.length - 1 - index));
    if (resumed === undefined || index > resumed.phase) return end;
    if (index === resumed.phase) return Math.max(end, initialEpoch);
    const pastAfter = resumed.phase - 1 - index;
    return pastAfter === 0 ? resumed.from : Math.min(end, resumed.from - pastAfter);
  };
  let from = 0;
  return phases.map(({ name }, index) => {
    const to = Math.max(from + 1, endOf(index));
    const span = { name, from, to, isLast: index === phases.length - 1 };
    from = to;
    return span;
  });
}

/** The epochs that are done when each phase is, by the shares alone. */
function dueEpochs(phases: readonly Phase[], epochs: number): number[] {
  const shares = phases.map((phase) => (phase.kind === "trained" ? phase.share : 0));
  const whole = shares.reduce((sum, share) => sum + share, 0);
  if (whole === 0) return shares.map((_, index) => index + 1);
  let shareSoFar = 0;
  return shares.map((share) => {
    shareSoFar += share;
    return Math.round((epochs * shareSoFar) / whole);
  });
}

function checkEpochs(phases: readonly Phase[], epochs: number): void {
  if (epochs >= phases.length) return;
  throw new RangeError(
    `epochs must be at least ${phases.length}, one for each part of the training (${listed(phases)}); ${epochs} came`,
  );
}

function checkResumed(
  phases: readonly Phase[],
  { epochs, initialEpoch }: Pick<TrainingPlan, "epochs" | "initialEpoch">,
  { phase, from }: Standing,
): void {
  if (initialEpoch < from) {
    throw new RangeError(
      `the training stands in its part "${phases[phase]?.name}", which began after ${counted(from, "epoch")}; ` +
        `initialEpoch must be ${from} or more to go on with it, or 0 to begin anew; ${initialEpoch} came`,
    );
  }
  const left = phases.slice(initialEpoch > from ? phase + 1 : phase);
  const needed = initialEpoch + left.length;
  if (left.length === 0 || epochs >= needed) return;
  throw new RangeError(
    `${counted(initialEpoch, "epoch")} ${initialEpoch === 1 ? "is" : "are"} done, so that epochs must be at least ${needed}, one for each part of the training ` +
      `that is left (${listed(left)}); ${epochs} came`,
  );
}

function listed(phases: readonly Phase[]): string {
  return phases.map(({ name }) => name).join(", ");
}
