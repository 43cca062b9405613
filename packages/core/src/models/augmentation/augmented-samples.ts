/** What a training with augmentation sees of samples, to look at. */
import type { Dataset } from "../../data/dataset.ts";
import { hasTargets, targetsOf } from "../../data/targets.ts";
import type { Node } from "../../graph/node.ts";
import { sizeOf } from "../../graph/tensor-type.ts";
import { augmentation } from "../../nn/augmentation/index.ts";
import type { AugmentationLike } from "../../nn/augmentation/index.ts";
import { input } from "../../nn/layers/input-layer.ts";
import { computation } from "../../nn/training/computation.ts";
import { engineOf } from "../../nn/training/engine.ts";
import { drawMixture, mixRows } from "../../nn/training/mix-up.ts";
import { predict } from "../../nn/training/predict.ts";
import { ProgramCache } from "../../nn/training/program-cache.ts";
import type { Device } from "../../runtime/device.ts";
import { summarizeSamples, toHeldSamples } from "../samples.ts";
import type { HeldSamples } from "../samples.ts";
import { rangeOfValues } from "../values.ts";

export interface AugmentedSamplesOptions {
  /** Decides what is drawn; 0 unless given. */
  readonly seed?: number | undefined;
  /** How often each sample is changed; once unless given. */
  readonly copies?: number | undefined;
  /** The smallest and the largest value, to which colours are clipped: 0 and 1, or those of the samples, unless given. */
  readonly valueRange?: readonly [low: number, high: number] | undefined;
  /** Where to compute; the device that all models share unless given. */
  readonly device?: Device | undefined;
}

const BATCH_SIZE = 128;

/**
 * Samples as a training with this augmentation sees them: the copies of the first sample, those of the second, and so on.
 *
 * @param data a data set, an array with the shape of a sample, or several of them.
 * @throws RangeError when the augmentation is none, or the copies are no whole number from 1 on.
 * @throws GraphError when samples of this shape cannot be changed so.
 *
 * @example
 * const seen = await augmentedSamples(rows(photos, 0, 6), "flip, rotate=15", { copies: 7 });
 */
export async function augmentedSamples(
  data: HeldSamples,
  given: AugmentationLike,
  options: AugmentedSamplesOptions = {},
): Promise<Float32Array> {
  return (await augmentedPairs(toHeldSamples(data, undefined), given, options)).samples;
}

/** Samples as a training sees them, and their targets where they have such, in the same order. */
export async function augmentedPairs(
  samples: Dataset,
  given: AugmentationLike,
  { seed = 0, copies = 1, valueRange, device }: AugmentedSamplesOptions = {},
): Promise<{ readonly samples: Float32Array; readonly targets?: Float32Array }> {
  const chosen = augmentation(given);
  const { shape, count } = samples;
  chosen.check(shape);
  if (!Number.isInteger(copies) || copies < 1) {
    throw new RangeError(`copies must be a whole number from 1 on; ${copies} came`);
  }
  const range = valueRange ?? rangeOfValues(summarizeSamples(samples));
  const mixed = (values: Float32Array, copy: number): Float32Array => {
    const alpha = chosen.mixUp;
    return alpha === undefined
      ? values
      : mixRows(values, drawMixture(count, { alpha, seed }, { epoch: copy, number: 0 }));
  };
  const sides = hasTargets(samples) ? [samples, targetsOf(samples)] : [samples];
  const x = sides.map((data) => repeated(data, copies, mixed));
  const what = computation({
    name: "augmentation",
    inputs: sides.map((_, side) => input(shape, { name: `side ${side}` })),
    variables: [],
    seed,
    compute(scope) {
      const [sample, target] = scope.inputs as readonly [Node, Node?];
      return target === undefined
        ? [chosen.apply(scope, sample, range)]
        : chosen.applyToPair(scope, [sample, target], range);
    },
  });
  const programs = new ProgramCache();
  try {
    const [seen, targets] = await predict(what, programs, await engineOf(device), x, { batchSize: BATCH_SIZE });
    return { samples: seen as Float32Array, ...(targets && { targets }) };
  } finally {
    await programs.dispose();
  }
}

/** The copies of the first sample, those of the second, and so on, of values that are changed for each copy. */
function repeated(
  samples: Dataset,
  copies: number,
  change: (values: Float32Array, copy: number) => Float32Array,
): Float32Array {
  const { values, scale, shape, count } = samples;
  const size = sizeOf(shape);
  const scaled = Float32Array.from(values, (value) => value * scale);
  const all = new Float32Array(count * copies * size);
  for (let copy = 0; copy < copies; copy++) {
    const changed = change(scaled, copy);
    for (let sample = 0; sample < count; sample++) {
      all.set(changed.subarray(sample * size, (sample + 1) * size), (sample * copies + copy) * size);
    }
  }
  return all;
}
