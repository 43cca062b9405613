import { describe, expect, test } from "vitest";
import { Device } from "../../runtime/device.ts";
import { describeFamily, waves } from "../testing/family-contract.ts";
import { conv } from "./conv.ts";

describeFamily(conv.family, "conv", { options: { filters: [4, 6, 8] } });
describeFamily(conv.family, "conv: strides, transposed convolutions, batch normalization, a spatial code", {
  options: { filters: [4, 6], code: 0, downsampling: "strides", upsampling: "transposed", batchNorm: true },
});
describeFamily(conv.family, "conv: strides and upsampling, another kernel", {
  options: { filters: [4, 4], decoderFilters: [6, 3], kernel: 4, downsampling: "strides", activation: "elu" },
});

describe("published networks by options alone", () => {
  test.each([
    // Counted by hand: (9·inputs + 1)·filters for each convolution.
    ["F. Chollet, 2016", { filters: [16, 8, 8], code: 0 }, 4_385, [4, 4, 8]],
    ["keras-io, 2021", { filters: [32, 32], code: 0, upsampling: "transposed" }, 28_353, [7, 7, 32]],
    // The book's has 54,479.
    ["A. Géron, 2022", { filters: [16, 24, 32], decoderFilters: [24, 16, 8], code: 30 }, 53_487, [30]],
  ] as const)("%s", (_, options, parameters, code) => {
    const model = conv(options);
    model.build(waves([28, 28, 1], 2));
    expect(model.model.countParams()).toBe(parameters);
    expect(model.codeShape).toEqual(code);
  });
});

test("the data decide filters and code, and decided options decide themselves", () => {
  const model = conv();
  model.build(waves([28, 28, 1], 2));
  expect(model.options).toMatchObject({ code: 32, filters: [16, 32, 64], decoderFilters: [64, 32, 16], loss: "bce" });
  const again = conv(model.options);
  again.buildFor(model.description.brief);
  expect(again.options).toEqual(model.options);
  const mirrored = conv({ decoderFilters: [8, 4] });
  mirrored.build(waves([28, 28, 1], 2));
  expect(mirrored.options).toMatchObject({ filters: [4, 8], decoderFilters: [8, 4] });
});

test("its filters are to be seen where they are pictures", async () => {
  const titles = async (shape: readonly number[]): Promise<string[]> => {
    const model = conv({ filters: [4] });
    const data = waves(shape, 6);
    model.build(data);
    const exhibits = await model.exhibits(data);
    await model.dispose();
    return exhibits.map(({ title }) => title);
  };
  expect(await titles([9, 9, 3])).toEqual(["Originals and reconstructions", "The first filters", "The codes"]);
  expect(await titles([12])).not.toContain("The first filters");
  expect(await titles([9, 9, 2])).not.toContain("The first filters");
});

test("the same bits on one thread as on two, batch normalization included", async () => {
  const weights = [];
  for (const threads of [1, 2]) {
    const device = await Device.create({ threads });
    const model = conv({ filters: [4, 6], upsampling: "transposed", batchNorm: true, seed: 2, device });
    await model.fit(waves([9, 11, 3], 40), { epochs: 2, batchSize: 16 });
    weights.push(model.model.getWeights());
    await model.dispose();
    device.dispose();
  }
  expect(weights[0]).toEqual(weights[1]);
});

test("errors", () => {
  expect(() => conv().build(waves([28, 28], 2))).toThrow(
    /the convolutions of the model "conv" take images \[height, width, channels\] or columns \[columns\]; samples of shape \[28, 28\] came/,
  );
  expect(() => conv({ filters: [8, 8], decoderFilters: [8] }).build(waves([28, 28, 1], 2))).toThrow(
    /doubles the sides as often as the encoder halves them; filters 8, 8 and decoderFilters 8 came/,
  );
});
