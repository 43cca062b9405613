/**
 * Signs that a GAN has gone wrong. Its losses do not show it: those of two networks that play against each other say which of them is
 * ahead, and not how good the samples are (Goodfellow 2016, arXiv:1701.00160, section 5).
 */
import type { Logs } from "../../nn/logs.ts";
import type { Warning } from "../exhibit.ts";
import type { AdversarialLossName } from "../parts/adversarial-losses.ts";
import { courseOf } from "./course.ts";
import type { Course } from "./course.ts";

/** The discriminator takes at least so many of both kinds for what they are. */
const PINNED = 0.97;
/** Generated samples vary by less than this share of the variance of real ones. */
const LITTLE = 0.2;
/** They once varied by at least so much, and now by less than half of it. */
const ENOUGH = 0.5;
/** They vary by more than so many times the variance of real ones: the generator has lost its way. */
const FAR_TOO_MUCH = 4;
/** More pairs of generated samples than that are as good as the same: fewer than seven different ones, were all as frequent. */
const MANY = 0.15;

const CURES =
  "That is a collapse, or the training has only begun: take a smaller learning rate, wider layers, a longer code or the loss " +
  "wasserstein, or the model of an earlier epoch; or train longer.";

/**
 * What was seen that lasts and does not get better: a generator that has only begun makes samples that are all alike, too.
 *
 * @param history the figures of each epoch so far.
 */
export function collapseWarnings(
  history: readonly Logs[],
  { conditional, adversarialLoss }: { readonly conditional: boolean; readonly adversarialLoss: AdversarialLossName },
): Warning[] {
  const [diversity, duplicates] = ["diversity", "duplicates"].map((name) => courseOf(history, name));
  const within = conditional ? " of one class" : "";
  const same = duplicates === undefined ? [] : sameSamplesWarning(duplicates, within);
  return [
    // A critic with a bounded slope may tell all: it still says which way is better.
    ...(adversarialLoss === "wasserstein" || diversity?.trend === "rising" ? [] : pinnedWarning(history)),
    // Where all samples are the same, they also vary little.
    ...(same.length > 0 || diversity === undefined ? same : diversityWarning(diversity, within)),
  ];
}

/** Where the discriminator is always right, its slope says nothing about which way is better. */
function pinnedWarning(history: readonly Logs[]): Warning[] {
  const [real, generated] = ["accuracy_real", "accuracy_generated"].map((name) => courseOf(history, name));
  if (real === undefined || generated === undefined || Math.min(real.least, generated.least) < PINNED) return [];
  return [
    {
      title: "The discriminator always wins",
      text:
        `For ${real.epochs} epochs it has told at least ${atLeast(real.least)} of the real and ${atLeast(generated.least)} of the ` +
        "generated samples, so that the generator learns next to nothing from it. Take fewer or narrower layers, fewer " +
        "discriminatorSteps, a larger labelSmoothing, more samples, or the loss wasserstein.",
    },
  ];
}

function sameSamplesWarning({ least, mean, epochs, trend }: Course, within: string): Warning[] {
  if (least < MANY || trend === "falling") return [];
  const different = Math.max(1, Math.round(1 / mean));
  const many = different === 1 ? "there were a single one" : `there were ${different} different ones`;
  return [
    {
      title: "The generator draws the same again and again",
      text:
        `For ${epochs} epochs at least ${atLeast(least)} of the pairs of generated samples${within} have been as good as the same, ` +
        `as if ${many}. ${CURES}`,
    },
  ];
}

function diversityWarning({ least, most, highest, epochs, trend }: Course, within: string): Warning[] {
  if (least > FAR_TOO_MUCH) {
    return [
      {
        title: "The generated samples are far off",
        text:
          `For ${epochs} epochs those${within} have varied by at least ${atLeast(least)} of what real ones do, which is nothing like ` +
          "them. Take a smaller learning rate.",
      },
    ];
  }
  if (most < LITTLE && trend !== "rising") {
    return [
      {
        title: "The generated samples hardly differ",
        text: `For ${epochs} epochs those${within} have varied by at most ${atMost(most)} of what real ones do. ${CURES}`,
      },
    ];
  }
  // Beyond the variance of real samples there is nothing to be lost.
  const reached = Math.min(1, highest);
  if (reached < ENOUGH || most > reached / 2) return [];
  return [
    {
      title: "The generated samples differ less and less",
      text:
        `Those${within} once varied by ${atLeast(highest)} of what real ones do, and for ${epochs} epochs by at most ` +
        `${atMost(most)}. ${CURES}`,
    },
  ];
}

function atLeast(share: number): string {
  return `${Math.floor(100 * share)} %`;
}

function atMost(share: number): string {
  return `${Math.ceil(100 * share)} %`;
}
