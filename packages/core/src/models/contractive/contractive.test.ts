import { expect, test } from "vitest";
import { Device } from "../../runtime/device.ts";
import { describeFamily, waves } from "../testing/family-contract.ts";
import { weightsOnThreads } from "../testing/weights-on-threads.ts";
import { contractive } from "./contractive.ts";
import { encoderJacobian, singularValues } from "./encoder-jacobian.ts";

describeFamily(contractive.family, "contractive: one layer, tied", { options: { tied: true } });
describeFamily(contractive.family, "contractive: two layers", { options: { units: [24], projections: 2 } });
describeFamily(contractive.family, "contractive: convolutional", { options: { filters: [4, 6], code: 10 } });

test("is one layer unless more are asked for, and decides itself", () => {
  const model = contractive();
  model.build(waves([28, 28, 1], 8));
  expect(model.options).toMatchObject({ architecture: "dense", layers: 1, code: 32, penaltyWeight: 0.00013 });
  expect(model.model.countParams()).toBe(785 * 32 + 33 * 784);
  const again = contractive({ ...model.options });
  again.buildFor(model.description.brief);
  expect(again.options).toEqual(model.options);
  const filtered = contractive({ filters: [4, 8] });
  filtered.build(waves([28, 28, 1], 8));
  expect(filtered.options).toMatchObject({ architecture: "conv", filters: [4, 8], layers: undefined });
  expect(() => contractive({ filters: [4], tied: true }).build(waves([28, 28, 1], 2))).toThrow(
    /are those of dense layers/,
  );
});

test.each([
  ["one layer, exactly", { code: 6 }, 1e-4],
  ["a linear code, whose contraction is the same everywhere", { code: 6, codeActivation: "linear" }, 1e-4],
  // 64 projections of 40 samples: the standard error is about √(2 / 2560) = 2.8 %.
  ["two layers, by projections", { code: 6, units: [10], projections: 64 }, 0.1],
] as const)("reports ‖∂h/∂x‖² of %s", async (_, options, tolerance) => {
  const device = await Device.create({ threads: 1 });
  const model = contractive({ ...options, activation: "tanh", seed: 2, device });
  const data = waves([12], 40);
  model.build(data);
  const { contraction, loss, mse, reconstruction = mse } = await model.evaluate(data, { batchSize: 40 });
  let measured = 0;
  for (let sample = 0; sample < 40; sample++) {
    const values = (data.values as Float32Array).subarray(12 * sample, 12 * sample + 12);
    const jacobian = await encoderJacobian(values, [12], (moved) => model.encode(moved));
    measured += singularValues(jacobian).reduce((sum, value) => sum + value ** 2, 0) / 40;
  }
  expect(Math.abs(contraction! / measured - 1)).toBeLessThan(tolerance);
  expect(loss).toBeCloseTo(reconstruction! + (model.options["penaltyWeight"] as number) * contraction!, 5);
  await model.dispose();
  device.dispose();
});

test("the penalty contracts", async () => {
  const contractionAt = async (penaltyWeight: number): Promise<number> => {
    const model = contractive({ code: 8, tied: true, penaltyWeight, seed: 3 });
    const { history } = await model.fit(waves([12], 96), { epochs: 30, batchSize: 16, learningRate: 0.01 });
    await model.dispose();
    return history["contraction"]!.at(-1)!;
  };
  expect(await contractionAt(0.1)).toBeLessThan((await contractionAt(0)) / 3);
});

test("the same bits on one thread and on two", async () => {
  const make: Parameters<typeof weightsOnThreads>[1] = (settings) => contractive({ units: [16], code: 8, ...settings });
  expect(await weightsOnThreads(1, make)).toEqual(await weightsOnThreads(2, make));
});

test("shows which directions codes follow", async () => {
  const model = contractive({ code: 8, tied: true });
  const data = waves([12], 60);
  await model.fit(data, { epochs: 10 });
  const exhibits = await model.exhibits(data);
  expect(exhibits.map(({ title }) => title)).toContain("Directions that codes follow");
  const bars = exhibits.find(({ kind }) => kind === "bars");
  if (bars?.kind !== "bars") throw new Error("bars were expected");
  expect(bars.values).toHaveLength(8);
  expect(bars.values.every((value, index) => index === 0 || value <= bars.values[index - 1]!)).toBe(true);
  await model.dispose();
});
