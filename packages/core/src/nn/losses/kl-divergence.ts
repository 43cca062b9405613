import { clip, div, log, mul } from "../../ops/elementwise.ts";
import { sum } from "../../ops/reduce.ts";
import { defineLoss } from "./define-loss.ts";
import { EPSILON } from "./epsilon.ts";
import type { Loss, LossOptions } from "./loss.ts";

/** Σ t·log(t / p) over the last axis, t and p being probabilities that are clipped to [1e-7, 1] (Kullback and Leibler 1951). */
export function klDivergence(options: LossOptions = {}): Loss {
  return defineLoss({ className: "KLDivergence", defaultName: "kl_divergence" }, options, (target, prediction) => {
    const [expected, predicted] = [clip(target, EPSILON, 1), clip(prediction, EPSILON, 1)];
    return sum(mul(expected, log(div(expected, predicted))), [-1]);
  });
}
