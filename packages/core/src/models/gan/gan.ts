import { neg } from "../../ops/elementwise.ts";
import { model } from "../../nn/model/functional.ts";
import { input } from "../../nn/layers/input-layer.ts";
import { defineFamily } from "../define-family.ts";
import { normalCodes } from "../parts/normal-codes.ts";
import { collapseWarnings } from "./collapse-warnings.ts";
import { ganExhibits } from "./gan-exhibits.ts";
import { decideGan, ganOptions } from "./gan-options.ts";
import { discriminatorTerms, ganSteps, judge } from "./gan-steps.ts";
import { buildDiscriminator, buildGenerator } from "./networks.ts";

/** A generative adversarial network: a generator that makes samples of noise, and a discriminator that it learns to deceive. */
export const gan = defineFamily({
  name: "gan",
  title: "a generator against a discriminator",
  purpose: "new samples that look real; it makes no codes of given samples",
  source:
    "I. Goodfellow et al.: Generative adversarial nets, 2014, algorithm 1; A. Radford et al.: Unsupervised representation " +
    "learning with deep convolutional generative adversarial networks, 2016",
  cost: "two networks in turn: a few times a convolutional one of the same filters, and it needs more epochs",
  options: ganOptions,
  training: { epochs: 20, batchSize: 64, optimizer: "adam", learningRate: 0.0005 },
  decide: decideGan,
  build({ shape, values, numClasses }, options) {
    const { code, architecture, units, filters, kernel, conditional } = options;
    const plan = {
      ...options,
      shape,
      values,
      numClasses: conditional ? numClasses : 0,
      hidden:
        architecture === "dense"
          ? { kind: architecture, units: units ?? [] }
          : { kind: architecture, filters: filters ?? [], kernel },
    } as const;
    const [generator, discriminator] = [buildGenerator(plan), buildDiscriminator(plan)];
    const adversaries = { generator, discriminator, code };
    const given = generator.inputs.map(({ shape: each, layer }) => input(each, { name: layer.name }));
    const [, ...label] = given;
    const whole = model(given, discriminator([generator(given), ...label]), { name: "gan" });
    return {
      model: whole,
      decoder: generator,
      isConditional: conditional,
      phases: [
        {
          kind: "trained",
          name: "training",
          share: 1,
          inputs: discriminator.inputs,
          steps: (phase) => ganSteps(adversaries, options, phase),
          measure: (scope) => discriminatorTerms(adversaries, options, scope),
        },
      ],
      prior: normalCodes(code),
      score: (scope) => neg(judge(adversaries, scope, scope.inputs[0]!)),
      warnings: (history) => collapseWarnings(history, options),
      exhibits: (exhibition) => ganExhibits(exhibition, { numClasses: plan.numClasses, code }),
    };
  },
});
