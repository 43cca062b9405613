/**
 * The three steps of an adversarial autoencoder on each batch (Makhzani et al. 2016, arXiv:1511.05644, section 2). Reconstruction: the
 * encoder and the decoder give back the samples. Regularization: a discriminator learns to tell codes from numbers drawn
 * from the prior, and then the encoder, as its adversary, to make codes that it cannot tell from those.
 */
import type { Node } from "../../graph/node.ts";
import { add, greater } from "../../ops/elementwise.ts";
import { sum } from "../../ops/reduce.ts";
import { dense, leakyRelu } from "../../nn/layers/index.ts";
import { input } from "../../nn/layers/input-layer.ts";
import type { SymbolicTensor } from "../../nn/layers/layer.ts";
import { model } from "../../nn/model/functional.ts";
import type { Model } from "../../nn/model/model.ts";
import type { CustomStep, StepTerms } from "../../nn/model/custom-trainer.ts";
import type { StepScope } from "../../nn/training/step-scope.ts";
import type { PhasePlan } from "../model-family.ts";
import type { ReconstructionLoss } from "../options/common-options.ts";
import { adversarialLosses } from "../parts/adversarial-losses.ts";
import { reconstructionTerms } from "../parts/reconstruction-terms.ts";

export interface CodeGame {
  readonly encoder: Model;
  readonly decoder: Model;
  /** From a code to the logit that it was drawn from the prior. */
  readonly discriminator: Model;
  readonly code: number;
}

export interface CodeGameSettings {
  readonly loss: ReconstructionLoss;
  /** Learning rate of the regularization, as a share of the reconstruction's. */
  readonly adversarialRate: number;
}

const { real, generated, adversary } = adversarialLosses["non-saturating"];
const NEGATIVE_SLOPE = 0.2;

/** [code] → units → [1] */
export function buildCodeDiscriminator(code: number, units: readonly number[]): Model {
  const given = input([code], { name: "code" });
  const features = units.reduce(
    (tensor: SymbolicTensor, count) => leakyRelu({ negativeSlope: NEGATIVE_SLOPE })(dense(count)(tensor)),
    given,
  );
  return model(given, dense(1, { name: "from_prior" })(features), { name: "discriminator" });
}

export function codeGameSteps(
  game: CodeGame,
  { loss, adversarialRate }: CodeGameSettings,
  { optimizer }: PhasePlan,
): [CustomStep, ...CustomStep[]] {
  const { encoder, decoder, discriminator } = game;
  const ofGame = { rate: adversarialRate, beta1: 0.5 };
  return [
    {
      name: "reconstruction",
      optimizer: optimizer(),
      trains: [encoder, decoder],
      terms: ({ inputs: [sample], call }) =>
        reconstructionTerms(loss, sample!, call(decoder, call(encoder, sample!)[0]!)[0]!),
    },
    {
      name: "discriminator",
      optimizer: optimizer(ofGame),
      trains: [discriminator],
      terms: (scope) => discriminatorTerms(game, scope),
    },
    {
      name: "generator",
      optimizer: optimizer(ofGame),
      trains: [encoder],
      terms: (scope) => ({ loss: adversary(judge(game, scope, codeOf(game, scope))) }),
    },
  ];
}

function discriminatorTerms(game: CodeGame, scope: StepScope): StepTerms {
  const drawn = judge(game, scope, scope.normal([game.code]));
  const coded = judge(game, scope, codeOf(game, scope));
  return {
    loss: add(real(drawn, 0), generated(coded)),
    figures: { accuracy_prior: greater(drawn, 0), accuracy_codes: greater(0, coded) },
  };
}

function codeOf({ encoder }: CodeGame, { inputs: [sample], call }: StepScope): Node {
  return call(encoder, sample!)[0]!;
}

/** Per sample of the shape []. */
function judge({ discriminator }: CodeGame, { call }: StepScope, code: Node): Node {
  return sum(call(discriminator, code)[0]!);
}
