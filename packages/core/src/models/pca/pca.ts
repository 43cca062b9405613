import { principalComponents, reconstructionErrors } from "../../classic/index.ts";
import type { Dataset } from "../../data/dataset.ts";
import { formatShape, sizeOf } from "../../graph/tensor-type.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import { dense, flatten, reshape } from "../../nn/layers/index.ts";
import { input } from "../../nn/layers/input-layer.ts";
import type { Layer } from "../../nn/layers/layer.ts";
import type { Logs } from "../../nn/logs.ts";
import { model } from "../../nn/model/functional.ts";
import { defineFamily } from "../define-family.ts";
import { codeMapExhibit } from "../exhibits.ts";
import type { SolutionMeans } from "../model-family.ts";
import { codeOptions } from "../options/common-options.ts";
import { flag } from "../options/option.ts";
import { codeSize } from "../parts/sizes.ts";
import { componentsExhibit, varianceExhibit } from "./pca-exhibits.ts";

/** Principal component analysis as two linear layers: what every autoencoder of the same code size has to beat. */
export const pca = defineFamily({
  name: "pca",
  title: "principal components, solved exactly",
  purpose: "the yardstick: the best that a linear autoencoder can do, in seconds",
  source: "K. Pearson: On lines and planes of closest fit to systems of points in space, 1901",
  cost: "seconds, whatever the epochs: it is solved at once",
  options: {
    code: codeOptions.code,
    standardize: flag("divide each value by its standard deviation first, for columns of different units"),
  },
  training: { epochs: 1, batchSize: 128, optimizer: "adam", learningRate: 0.001 },
  isSolved: true,
  decide: ({ shape, count }, options) => ({ ...options, code: decideComponents(shape, count, options.code) }),
  build({ shape }, { code, standardize }) {
    const sample = input(shape, { name: "sample" });
    const flat = shape.length === 1 ? sample : flatten()(sample);
    const analysis = dense(code, { name: "analysis" });
    const encoder = model(sample, analysis(flat), { name: "encoder" });
    const latent = input([code], { name: "code" });
    const synthesis = dense(sizeOf(shape), { name: "synthesis" });
    const values = synthesis(latent);
    const decoder = model(latent, shape.length === 1 ? values : reshape(shape)(values), { name: "decoder" });
    return {
      model: model(sample, decoder(encoder(sample)), { name: "pca" }),
      encoder,
      decoder,
      phases: [
        {
          kind: "solved",
          name: "solution",
          solve: (data, validation, means) =>
            solve({ analysis, synthesis, code, standardize, ...means }, data, validation),
        },
      ],
      exhibits: async (exhibition) => [
        ...componentsExhibit(shape, synthesis),
        await varianceExhibit(exhibition),
        ...(await codeMapExhibit(exhibition)),
      ],
    };
  },
});

/** @throws RangeError when there are not so many components. */
function decideComponents(shape: Shape, count: number, code: number | undefined): number {
  const size = sizeOf(shape);
  const most = Math.min(count, size);
  if (code === undefined) return Math.min(codeSize(shape), most);
  if (code <= most) return code;
  throw new RangeError(
    `${count} samples of shape ${formatShape(shape)}, ${size} values, have 1 to ${most} principal components, ` +
      `and a code of ${code} was asked for; take a smaller one, or more samples`,
  );
}

interface Problem extends SolutionMeans {
  readonly analysis: Layer;
  readonly synthesis: Layer;
  readonly code: number;
  readonly standardize: boolean;
}

/** code = ((x − mean) / scale) · componentsᵀ, x̂ = (code · components) · scale + mean */
async function solve(
  { analysis, synthesis, code, standardize, device, signal }: Problem,
  data: Dataset,
  validation: Dataset | undefined,
): Promise<Logs> {
  const on = { signal, ...(device && { device }) };
  const found = await principalComponents(data, { components: code, standardize, ...on });
  const { mean, scale, components } = found;
  const size = mean.length;
  const analysisKernel = new Float32Array(size * code);
  const synthesisKernel = new Float32Array(code * size);
  const offset = new Float64Array(code);
  for (let unit = 0; unit < code; unit++) {
    for (let place = 0; place < size; place++) {
      const weight = components[unit * size + place] as number;
      const deviation = scale?.[place] ?? 1;
      analysisKernel[place * code + unit] = weight / deviation;
      synthesisKernel[unit * size + place] = weight * deviation;
      offset[unit] = (offset[unit] as number) - ((mean[place] as number) * weight) / deviation;
    }
  }
  const loss = meanOf(await reconstructionErrors(found, data, on));
  const held = validation && meanOf(await reconstructionErrors(found, validation, on));
  analysis.setWeights([analysisKernel, offset]);
  synthesis.setWeights([synthesisKernel, mean]);
  return { loss, ...(held !== undefined && { val_loss: held }) };
}

function meanOf(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
