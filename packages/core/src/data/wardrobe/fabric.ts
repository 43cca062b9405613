/** Cloth: a tone, and one of several patterns woven or printed in a second tone. */
import type { RandomStream } from "../random-stream.ts";
import type { Shade } from "./canvas.ts";
import { hash, smoothNoise } from "./noise.ts";

export type Pattern =
  "plain" | "heather" | "stripes" | "pinstripes" | "checks" | "dots" | "print" | "gradient" | "block" | "knit";

/** A cloth that a garment is cut from. */
export interface Fabric {
  /** Grey value of the ground. */
  readonly tone: number;
  /** Grey value of what is woven, printed or sewn onto it. */
  readonly contrast: number;
  readonly shade: Shade;
}

type Weave = (ground: number, contrast: number, random: RandomStream) => Shade;

/** Chooses a cloth; `patterns` names how often each pattern comes, in any unit. */
export function fabric(random: RandomStream, patterns: Partial<Record<Pattern, number>>): Fabric {
  const tone = clothTone(random);
  const contrast = contrastTo(tone, random);
  return { tone, contrast, shade: weaves[choose(random, patterns)](tone, contrast, random) };
}

/** A grey value as often dark, medium or light as clothes are. */
export function clothTone(random: RandomStream): number {
  const share = random.uniform(0, 1);
  if (share < 0.15) return random.uniform(65, 115);
  if (share < 0.53) return random.uniform(145, 205);
  return random.uniform(210, 250);
}

/** A grey value that stands out from another. */
export function contrastTo(tone: number, random: RandomStream): number {
  return tone > 125 ? tone * random.uniform(0.15, 0.6) : tone + random.uniform(75, 140);
}

function choose(random: RandomStream, patterns: Partial<Record<Pattern, number>>): Pattern {
  const entries = Object.entries(patterns) as [Pattern, number][];
  let left = random.uniform(0, 1) * entries.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [pattern, weight] of entries) {
    left -= weight;
    if (left < 0) return pattern;
  }
  return "plain";
}

const weaves: Readonly<Record<Pattern, Weave>> = {
  plain: (ground) => () => ground,

  heather: (ground, contrast, random) => {
    const seed = random.uint32();
    const strength = random.uniform(0.1, 0.3);
    return (x, y) => ground + (contrast - ground) * strength * hash(Math.floor(x), Math.floor(y * 1.3), seed);
  },

  stripes: (ground, contrast, random) => {
    const period = random.uniform(2, 6);
    const share = random.uniform(0.25, 0.55);
    const start = random.uniform(0, 6);
    return (_, y) => blend(ground, contrast, stripe((y + start) / period, share, period));
  },

  pinstripes: (ground, contrast, random) => {
    const period = random.uniform(1.8, 4);
    const share = random.uniform(0.2, 0.45);
    return (x) => blend(ground, contrast, 0.8 * stripe((x - 14) / period + 0.5 + share / 2, share, period));
  },

  checks: (ground, contrast, random) => {
    const period = random.uniform(2.5, 5);
    const share = random.uniform(0.3, 0.5);
    const rise = random.uniform(0.9, 1.2) * period;
    return (x, y) => {
      const across = stripe(x / period, share, period);
      const down = stripe(y / rise, share, rise);
      return blend(ground, contrast, (across + down) / 2);
    };
  },

  dots: (ground, contrast, random) => {
    const period = random.uniform(3.4, 5.5);
    const radius = random.uniform(0.9, 1.4) / period;
    return (x, y) => {
      const row = Math.floor(y / period);
      const u = x / period + (row % 2) / 2;
      const across = u - Math.floor(u) - 0.5;
      const down = y / period - row - 0.5;
      const inside = (radius * radius - across * across - down * down) * period * period;
      return blend(ground, contrast, clamp(0.5 + inside));
    };
  },

  print: (ground, contrast, random) => {
    const seed = random.uint32();
    const size = random.uniform(1.1, 2.2);
    const level = random.uniform(0.5, 0.64);
    // Two octaves on turned axes, so that the blotches do not line up with the pixels.
    return (x, y) => {
      const coarse = smoothNoise((0.8 * x + 0.6 * y) / size, (0.8 * y - 0.6 * x) / size, seed);
      const fine = smoothNoise((0.6 * x - 0.8 * y) / (size * 0.6), (0.6 * y + 0.8 * x) / (size * 0.6), seed + 1);
      return blend(ground, contrast, clamp(0.5 + (0.7 * coarse + 0.3 * fine - level) * 6));
    };
  },

  gradient: (ground, contrast, random) => {
    const from = random.uniform(4, 12);
    const to = from + random.uniform(8, 14);
    return (_, y) => blend(ground, contrast, clamp((y - from) / (to - from)));
  },

  block: (ground, contrast, random) => {
    const border = random.uniform(7, 18);
    return (_, y) => blend(ground, contrast, clamp(y - border + 0.5));
  },

  knit: (ground, contrast, random) => {
    const period = random.uniform(1.6, 2.6);
    const strength = random.uniform(0.12, 0.35);
    const seed = random.uint32();
    return (x, y) => {
      const rib = stripe(x / period, 0.5, period);
      const stitch = hash(Math.floor(x / 1.2), Math.floor(y / 1.2), seed);
      return blend(ground, contrast, strength * (0.6 * rib + 0.4 * stitch));
    };
  },
};

/** Share of a pixel that lies on a stripe: 1 on it, 0 beside it, softened over about a pixel. */
function stripe(phase: number, share: number, period: number): number {
  const place = phase - Math.floor(phase);
  const fromMiddle = Math.abs(place - share / 2);
  const distance = Math.min(fromMiddle, 1 - fromMiddle);
  return clamp(0.5 + (share / 2 - distance) * period);
}

function blend(ground: number, contrast: number, share: number): number {
  return ground + (contrast - ground) * share;
}

function clamp(value: number): number {
  return value < 0 ? 0 : value > 1 ? 1 : value;
}
