import { rows } from "../../data/dataset.ts";
import { hasTargets, targetsOf } from "../../data/targets.ts";
import type { Model } from "../../nn/model/model.ts";
import type { Exhibit } from "../exhibit.ts";
import type { Exhibition } from "../exhibition.ts";
import { firstSamples, numShown } from "../exhibits.ts";
import { squaredErrors } from "../squared-errors.ts";
import { addNoise } from "./noise.ts";
import type { NoiseSettings } from "./noise.ts";

/** So many are measured. */
const MEASURED = 512;

/** Clean samples, noisy ones and what becomes of them, and how much of the noise goes. */
export async function noiseExhibits(
  { data, compute }: Exhibition,
  model: Model,
  settings: NoiseSettings,
): Promise<readonly Exhibit[]> {
  const some = rows(data, 0, Math.min(MEASURED, data.count));
  const clean = targetsOf(some);
  const [noisy, restored] = (await compute(some, (scope) => {
    const disturbed = addNoise(scope, scope.inputs[0]!, settings);
    return [disturbed, scope.call(model, disturbed)[0]!];
  })) as [Float32Array, Float32Array];
  const [before, after] = [squaredErrors(clean, noisy), squaredErrors(clean, restored)];
  const size = noisy.length / clean.count;
  const shown = Math.min(numShown(data.shape), clean.count);
  const first = (values: Float32Array): Float32Array => values.subarray(0, shown * size);
  return [
    {
      kind: "rows",
      title: "Clean, noisy, restored",
      note: "The model sees the middle row alone. Below, the mean squared error before and after.",
      rows: [
        { name: hasTargets(data) ? "target" : "clean", ...firstSamples(clean, shown) },
        { name: "noisy", shape: data.shape, values: first(noisy) },
        { name: "restored", shape: data.shape, values: first(restored) },
      ],
      captions: Array.from(
        { length: shown },
        (_, index) => `${(before[index] as number).toPrecision(2)} → ${(after[index] as number).toPrecision(2)}`,
      ),
    },
    {
      kind: "figures",
      title: "How much of the noise goes",
      note: "Mean squared errors of samples with noise of the level of the training, the highest where levels vary.",
      figures: [
        { name: "noisy", value: mean(before) },
        { name: "restored", value: mean(after) },
        // Where there is no noise, nothing can be left of it.
        ...(mean(before) === 0
          ? []
          : [
              {
                name: "left",
                value: mean(after) / mean(before),
                meaning: "share of the noise's error; below 1 it helps",
              },
            ]),
      ],
    },
  ];
}

function mean(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
