import type { Model } from "@sandglass/core";
import { FURTHER_STEPS } from "./exchange.ts";
import { valuesOf } from "./model-data.ts";
import type { ModelData } from "./model-data.ts";

/** Takes steps on all samples, and returns the losses from before each. */
export async function trainSteps(model: Model, data: ModelData, steps = FURTHER_STEPS): Promise<number[]> {
  const losses: number[] = [];
  for (let step = 0; step < steps; step++) {
    const { loss } = await model.trainOnBatch(valuesOf(data.inputs), valuesOf(data.targets));
    losses.push(loss as number);
  }
  return losses;
}
