/** What samples may suffer: noise, drawn anew for every sample and step. */
import type { Node } from "../../graph/node.ts";
import { add, clip, div, greaterEqual, mul, sub, where } from "../../ops/elementwise.ts";
import type { StepScope } from "../../nn/training/step-scope.ts";

/** `noise` */
export const NOISES = ["gaussian", "masking", "dropout", "salt-and-pepper", "speckle"] as const;
export type Noise = (typeof NOISES)[number];

/** `noiseLevels` */
export const NOISE_LEVELS = ["fixed", "varied"] as const;
export type NoiseLevels = (typeof NOISE_LEVELS)[number];

export interface NoiseSettings {
  readonly noise: Noise;
  /** A standard deviation, or the share of the values that suffer. */
  readonly level: number;
  /** Whether each sample suffers that much, or a level of its own, drawn evenly from none to that much. */
  readonly levels: NoiseLevels;
  /** The smallest and the largest value that samples have. */
  readonly range: readonly [low: number, high: number];
}

type Draw = Pick<StepScope, "normal" | "uniform">;
type Range = NoiseSettings["range"];
type AddNoise = (draw: Draw, x: Node, level: Node | number, range: Range) => Node;

const ADD: Readonly<Record<Noise, AddNoise>> = {
  // x + σ·ε, ε ~ N(0, 1)
  gaussian: ({ normal }, x, level, range) => clip(add(x, mul(normal(x.type.shape), level)), ...range),
  // x·(1 + σ·ε), as of radar and ultrasound images
  speckle: ({ normal }, x, level, range) => clip(mul(x, add(mul(normal(x.type.shape), level), 1)), ...range),
  // 0 in place of a share of the values (Vincent et al. 2008, section 2.3)
  masking: ({ uniform }, x, level) => where(greaterEqual(uniform(x.type.shape), level), x, 0),
  // the same, and what is left grows so that sums stay what they are, as in Keras's Dropout
  dropout: ({ uniform }, x, level) => where(greaterEqual(uniform(x.type.shape), level), div(x, sub(1, level)), 0),
  // the smallest value in place of half of the share, the largest in place of the other half
  "salt-and-pepper": ({ uniform }, x, level, [low, high]) => {
    const drawn = uniform(x.type.shape);
    return where(greaterEqual(drawn, level), x, where(greaterEqual(drawn, mul(level, 0.5)), high, low));
  },
};

/** The noises whose level is a share of the values. */
export const OF_A_SHARE: ReadonlySet<Noise> = new Set<Noise>(["masking", "dropout", "salt-and-pepper"]);

/**
 * Samples with noise. Gaussian noise and speckle are clipped to the range of the samples.
 *
 * @param x per sample, of any shape.
 */
export function addNoise(draw: Draw, x: Node, { noise, level, levels, range }: NoiseSettings): Node {
  return ADD[noise](draw, x, levels === "varied" ? mul(draw.uniform([]), level) : level, range);
}
