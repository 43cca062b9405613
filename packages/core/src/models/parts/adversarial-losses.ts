/**
 * What a discriminator and its adversary make smaller, from the discriminator's scores: of each sample a number, larger for what it
 * takes for real. In logits for the non-saturating loss (Goodfellow et al. 2014, arXiv:1406.2661), near 1 and 0 for least squares
 * (Mao et al. 2017, arXiv:1611.04076, eq. 9), and on no scale for Wasserstein's (Arjovsky et al. 2017, arXiv:1701.07875).
 */
import type { Node } from "../../graph/node.ts";
import { add, mul, neg, softplus, square, sub } from "../../ops/elementwise.ts";

export const ADVERSARIAL_LOSSES = ["non-saturating", "least-squares", "wasserstein"] as const;
export type AdversarialLossName = (typeof ADVERSARIAL_LOSSES)[number];

/** Per-sample losses of per-sample scores, of their shape. */
export interface AdversarialLoss {
  /**
   * The discriminator's, of real samples.
   *
   * @param smoothing how much less than 1 the target of real samples is (one-sided label smoothing, Salimans et al. 2016,
   * arXiv:1606.03498, section 3.4).
   */
  real(score: Node, smoothing: number): Node;
  /** The discriminator's, of generated samples. */
  generated(score: Node): Node;
  /** The adversary's, of what it generates. */
  adversary(score: Node): Node;
  /**
   * Scores above it say "real": that of samples which are as often real as generated. Undefined where the scale has no such place.
   */
  boundary(smoothing: number): number | undefined;
}

export const adversarialLosses: Readonly<Record<AdversarialLossName, AdversarialLoss>> = {
  "non-saturating": {
    // −(1 − s) · log σ(l) − s · log(1 − σ(l)) = softplus(−l) + s · l
    real: (logit, smoothing) => smoothed(softplus(neg(logit)), smoothing, logit),
    // −log(1 − σ(l))
    generated: (logit) => softplus(logit),
    // −log σ(l), whose slope does not vanish where the discriminator is sure
    adversary: (logit) => softplus(neg(logit)),
    // the logit of (1 − s) / 2
    boundary: (smoothing) => Math.log((1 - smoothing) / (1 + smoothing)),
  },
  "least-squares": {
    real: (score, smoothing) => square(sub(score, 1 - smoothing)),
    generated: (score) => square(score),
    adversary: (score) => square(sub(score, 1)),
    boundary: (smoothing) => (1 - smoothing) / 2,
  },
  wasserstein: {
    real: (score) => neg(score),
    generated: (score) => score,
    adversary: (score) => neg(score),
    boundary: () => undefined,
  },
};

function smoothed(loss: Node, smoothing: number, logit: Node): Node {
  return smoothing === 0 ? loss : add(loss, mul(logit, smoothing));
}
