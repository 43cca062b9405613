/**
 * The alternating training of Goodfellow et al. 2014 (arXiv:1406.2661, algorithm 1): k steps of the discriminator to one of the
 * generator, each on a batch with fresh noise.
 */
import type { Node } from "../../graph/node.ts";
import { add, greater, mul } from "../../ops/elementwise.ts";
import { sum } from "../../ops/reduce.ts";
import type { Model } from "../../nn/model/model.ts";
import type { CustomStep, StepTerms } from "../../nn/model/custom-trainer.ts";
import { overBatch } from "../../nn/training/model-graph.ts";
import type { StepScope } from "../../nn/training/step-scope.ts";
import type { OptimizerOverrides, PhasePlan } from "../model-family.ts";
import { adversarialLosses } from "../parts/adversarial-losses.ts";
import type { AdversarialLossName } from "../parts/adversarial-losses.ts";
import { diversityFigures } from "./diversity.ts";
import { slopePenalty } from "./slope-penalty.ts";

export interface Adversaries {
  readonly generator: Model;
  readonly discriminator: Model;
  /** Numbers of the noise. */
  readonly code: number;
}

export interface AdversarialSettings {
  readonly adversarialLoss: AdversarialLossName;
  readonly discriminatorSteps: number;
  readonly labelSmoothing: number;
  readonly gradientPenalty: number;
  /** Learning rate of the generator, as a multiple of the discriminator's (Heusel et al. 2017, arXiv:1706.08500). */
  readonly generatorRate: number;
  readonly averageMomentum: number;
}

/** The moving average looks back over this share of the training at most. */
const AVERAGED_SHARE = 0.05;
/** The diversity is measured on one batch of so many. */
const BATCHES_PER_MEASUREMENT = 8;

/** Adam's moments: those of DCGAN, and those of Gulrajani et al. 2017 (arXiv:1704.00028, algorithm 1). */
const MOMENTS: Readonly<Record<AdversarialLossName, OptimizerOverrides>> = {
  "non-saturating": { beta1: 0.5 },
  "least-squares": { beta1: 0.5 },
  wasserstein: { beta1: 0, beta2: 0.9 },
};

export function ganSteps(
  adversaries: Adversaries,
  settings: AdversarialSettings,
  { optimizer, stepsPerEpoch, epochs }: PhasePlan,
): [CustomStep, ...CustomStep[]] {
  const { generator, discriminator } = adversaries;
  const { adversarialLoss, discriminatorSteps, generatorRate, averageMomentum } = settings;
  const moments = MOMENTS[adversarialLoss];
  const steps = Math.floor((stepsPerEpoch * epochs) / discriminatorSteps);
  const average = Math.min(averageMomentum, Math.max(0, 1 - 1 / (AVERAGED_SHARE * steps)));
  return [
    {
      name: "discriminator",
      optimizer: optimizer(moments),
      trains: [discriminator],
      terms: (scope) => discriminatorTerms(adversaries, settings, scope),
    },
    {
      name: "generator",
      optimizer: optimizer({ ...moments, rate: generatorRate, ...(average > 0 && { averageMomentum: average }) }),
      every: discriminatorSteps,
      trains: [generator],
      terms: (scope) => ({
        loss: adversarialLosses[adversarialLoss].adversary(judge(adversaries, scope, generate(adversaries, scope))),
      }),
    },
    {
      // Changes nothing: it only measures.
      name: "diversity",
      optimizer: optimizer(),
      every: Math.min(BATCHES_PER_MEASUREMENT, stepsPerEpoch),
      trains: [],
      terms: (scope) => {
        const pair = [generate(adversaries, scope), generate(adversaries, scope)] as const;
        const { diversity, duplicates } = diversityFigures(scope, pair);
        return { loss: diversity, figures: { duplicates } };
      },
    },
  ];
}

/** The discriminator's loss, with the share of real and of generated samples that it takes for what they are. */
export function discriminatorTerms(
  adversaries: Adversaries,
  { adversarialLoss, labelSmoothing, gradientPenalty }: AdversarialSettings,
  scope: StepScope,
): StepTerms {
  const losses = adversarialLosses[adversarialLoss];
  const sample = scope.inputs[0] as Node;
  const generated = generate(adversaries, scope);
  const [ofReal, ofGenerated] = [judge(adversaries, scope, sample), judge(adversaries, scope, generated)];
  const loss = add(losses.real(ofReal, labelSmoothing), losses.generated(ofGenerated));
  const boundary = losses.boundary(labelSmoothing) ?? middle(scope, ofReal, ofGenerated);
  const figures = { accuracy_real: greater(ofReal, boundary), accuracy_generated: greater(boundary, ofGenerated) };
  if (gradientPenalty === 0) return { loss, figures };
  const score = (mixed: Node): Node => judge(adversaries, scope, mixed);
  const penalty = slopePenalty(score, { real: sample, generated }, scope.uniform([]));
  return { loss: add(loss, mul(penalty, gradientPenalty)), figures: { ...figures, gradient_penalty: penalty } };
}

/** Samples of fresh noise, of the classes of the batch. */
function generate({ generator, code }: Adversaries, scope: StepScope): Node {
  return scope.call(generator, scope.normal([code]), ...scope.inputs.slice(1))[0] as Node;
}

/** The discriminator's scores, per sample of the shape []. */
export function judge({ discriminator }: Adversaries, scope: StepScope, sample: Node): Node {
  return sum(scope.call(discriminator, sample, ...scope.inputs.slice(1))[0] as Node);
}

/** Half-way between the mean scores. */
function middle({ sampleShare }: StepScope, ofReal: Node, ofGenerated: Node): Node {
  return mul(overBatch(add(ofReal, ofGenerated), sampleShare), 0.5);
}
