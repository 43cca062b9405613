import { describe, expect, it } from "vitest";
import { batchNormalization, conv2d, dense } from "../../nn/layers/index.ts";
import { input } from "../../nn/layers/input-layer.ts";
import type { Layer } from "../../nn/layers/layer.ts";
import { model } from "../../nn/model/functional.ts";
import { assignWeights } from "./assign-weights.ts";
import { weightedLayers, weightsOf } from "./weighted-layer.ts";
import type { LayerWeights, WeightedLayer } from "./weighted-layer.ts";

const KERNEL = {
  className: "Conv2D",
  name: "source",
  kernelShape: [1, 1, 1, 2],
  kernel: Float32Array.of(2, -3),
} as const;

function networkOf(...layers: readonly Layer[]): { entry: WeightedLayer; predict: (x: number) => Promise<number[]> } {
  const image = input([1, 1, 1]);
  const network = model(
    image,
    layers.reduce((x, layer) => layer(x), image),
  );
  return {
    entry: weightedLayers(network)[0] as WeightedLayer,
    predict: async (x) => {
      const predicted = await network.predict(Float32Array.of(x));
      await network.dispose();
      return [...predicted];
    },
  };
}

/** kernel · x + bias, normalized by hand. */
function expected(x: number, { kernel, bias, normalization }: LayerWeights): number[] {
  return [0, 1].map((channel) => {
    const sum = kernel[channel]! * x + (bias?.[channel] ?? 0);
    if (normalization === undefined) return sum;
    const { gamma, beta, mean, variance, epsilon } = normalization;
    return ((sum - mean[channel]!) * gamma[channel]!) / Math.sqrt(variance[channel]! + epsilon) + beta[channel]!;
  });
}

function expectClose(actual: readonly number[], wanted: readonly number[]): void {
  // One part in a million: float32, the square root of the variance included.
  for (const [index, value] of wanted.entries()) expect(actual[index]! / value).toBeCloseTo(1, 6);
}

const NORMALIZATION = {
  gamma: Float32Array.of(0.5, 2),
  beta: Float32Array.of(1, -1),
  mean: Float32Array.of(0.25, -0.5),
  variance: Float32Array.of(1.5, 0.01),
  epsilon: 1e-5,
};

describe("weights with batch normalization folded in", () => {
  it("go into a layer with it", async () => {
    const weights = { ...KERNEL, bias: Float32Array.of(0.5, -1) };
    const { entry, predict } = networkOf(conv2d(2, 1, { useBias: false }), batchNormalization());
    assignWeights(entry, weights);
    expectClose(await predict(3), expected(3, weights));
  });

  it("do not go into a layer with neither it nor a bias", () => {
    const { entry } = networkOf(conv2d(2, 1, { useBias: false }));
    const weights = { ...KERNEL, bias: Float32Array.of(0.5, -1) };
    expect(() => {
      assignWeights(entry, weights);
    }).toThrow(/has no bias, and "source" has one/);
  });
});

describe("weights with batch normalization", () => {
  it.each([undefined, Float32Array.of(0.5, -1)])(
    "keep what they compute, with another ε and the bias %s",
    async (bias) => {
      const weights = { ...KERNEL, bias, normalization: NORMALIZATION };
      const { entry, predict } = networkOf(conv2d(2, 1), batchNormalization({ epsilon: 1e-3 }));
      assignWeights(entry, weights);
      expectClose(await predict(-2), expected(-2, weights));
    },
  );

  it("are read as they are assigned", () => {
    const { entry } = networkOf(conv2d(2, 1), batchNormalization({ epsilon: 1e-5 }));
    const weights = { ...KERNEL, normalization: NORMALIZATION };
    assignWeights(entry, weights);
    expect(weightsOf(entry)).toMatchObject({
      kernelShape: [1, 1, 1, 2],
      kernel: KERNEL.kernel,
      normalization: NORMALIZATION,
    });
  });

  it("do not go into a layer without it", () => {
    const { entry } = networkOf(conv2d(2, 1));
    expect(() => {
      assignWeights(entry, { ...KERNEL, normalization: NORMALIZATION });
    }).toThrow(/has no batch normalization behind it, and "source" has one/);
  });
});

describe("weighted layers", () => {
  it("are found in models within models, those without weights left out", () => {
    const image = input([4, 4, 1]);
    const inner = model(image, batchNormalization()(conv2d(2, 3, { name: "inner" })(image)));
    const outer = model(image, dense(3, { name: "outer" })(inner(image)));
    expect(weightedLayers(outer).map(({ layer, normalization }) => [layer.name, normalization?.className])).toEqual([
      ["inner", "BatchNormalization"],
      ["outer", undefined],
    ]);
  });
});
