/** Whether ONNX Runtime computes of an exported model what the model itself does. */
import { RandomStream } from "../../../data/random-stream.ts";
import { sizeOf } from "../../../graph/tensor-type.ts";
import type { Model } from "../../../nn/model/model.ts";
import { largestError } from "../../../nn/testing/evaluate.ts";
import { exportOnnx } from "../export-onnx.ts";
import type { ExportOnnxOptions } from "../export-onnx.ts";
import { runOnnx } from "./run-onnx.ts";

/** Batches of one sample, of a few, and of several micro-batches with a rest. */
const BATCH_SIZES = [1, 3, 33];

/** Replaces all variables but kernels, which are not 0 and 1 only, by numbers between 0.1 and 1. */
export function fillVariables(model: Model): void {
  const random = new RandomStream(11);
  for (const variable of model.variables) {
    if (variable.name.includes("kernel")) continue;
    variable.assign(Float32Array.from({ length: variable.size }, () => random.uniform(0.1, 1)));
  }
}

/** Random inputs of a model, both signs. */
export function randomInputs(model: Model, batch: number): { shape: readonly number[]; data: Float32Array }[] {
  const random = new RandomStream(batch);
  return model.inputs.map(({ shape }) => ({
    shape,
    data: Float32Array.from({ length: batch * sizeOf(shape) }, () => random.uniform(-1, 1)),
  }));
}

/** The largest difference of any output from that of the model, relative to the number where that is above 1. */
export async function differenceFromOnnxRuntime(model: Model, options: ExportOnnxOptions = {}): Promise<number> {
  const file = exportOnnx(model, options);
  let worst = 0;
  for (const batch of BATCH_SIZES) {
    const inputs = randomInputs(model, batch);
    const expected = await model.predictAll(inputs);
    const batches = inputs.map(({ shape, data }) => ({ shape: [batch, ...shape], data }));
    const outputs = [...(await runOnnx(file, batches)).values()];
    if (outputs.length !== expected.length) return Infinity;
    for (const [index, { data }] of outputs.entries()) {
      worst = Math.max(worst, largestError(data, expected[index] as Float32Array, 1));
    }
  }
  return worst;
}
