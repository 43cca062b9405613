import { expect, test } from "vitest";
import { Device } from "../../runtime/device.ts";
import { describeFamily, waves } from "../testing/family-contract.ts";
import { weightsOnThreads } from "../testing/weights-on-threads.ts";
import { sparse } from "./sparse.ts";

describeFamily(sparse.family, "sparse", { options: { units: [24], code: 48 } });
describeFamily(sparse.family, "sparse: kl", { options: { penalty: "kl", layers: 2, units: [10], code: 20 } });
describeFamily(sparse.family, "sparse: no penalty", { options: { penalty: "none", layers: 1, code: 30, loss: "mse" } });

test("has the parameters of the book's: 784-100-300-100-784", () => {
  const model = sparse({ units: [100], code: 300, codeActivation: "sigmoid" });
  model.build(waves([28, 28, 1], 2));
  expect(model.model.countParams()).toBe(785 * 100 + 101 * 300 + 301 * 100 + 101 * 784);
});

test("what is open follows from the data, and decides itself", () => {
  const open = sparse();
  open.build(waves([28, 28, 1], 8));
  expect(open.options).toMatchObject({ code: 256, codeActivation: "relu", loss: "bce" });
  expect(open.options["penaltyWeight"]).toBeGreaterThan(0);
  const again = sparse({ ...open.options });
  again.buildFor(open.description.brief);
  expect(again.options).toEqual(open.options);
  const divergence = sparse({ penalty: "kl" });
  divergence.build(waves([12], 8));
  expect(divergence.options).toMatchObject({ code: 32, codeActivation: "sigmoid" });
});

test("the divergence needs activities from 0 to 1", () => {
  const model = sparse({ penalty: "kl", codeActivation: "relu" });
  expect(() => model.build(waves([12], 4))).toThrow(/needs the code activation "sigmoid"; "relu" came/);
});

test("the loss is the reconstruction's and the penalty, and the penalty is Keras's", async () => {
  const device = await Device.create({ threads: 2 });
  const data = waves([12], 40);
  const model = sparse({ layers: 1, code: 6, penaltyWeight: 0.01, codeActivation: "tanh" });
  model.build(data);
  const { loss, reconstruction, sparsity, mse } = await model.evaluate(data, { batchSize: 40 });
  expect(loss).toBeCloseTo(reconstruction! + 0.01 * sparsity!, 6);
  const codes = await model.encode(data);
  expect(sparsity).toBeCloseTo(codes.reduce((sum, value) => sum + Math.abs(value), 0) / 40, 5);
  const score = await model.score(data);
  expect(mse).toBeCloseTo(score.reduce((sum, value) => sum + value, 0) / 40, 6);
  await model.dispose();
  device.dispose();
});

test("a penalty on activities leaves fewer of them", async () => {
  const activityOf = async (penaltyWeight: number): Promise<number> => {
    const model = sparse({ layers: 1, code: 40, penaltyWeight, loss: "mse" });
    const data = waves([12], 96);
    await model.fit(data, { epochs: 30, batchSize: 16, learningRate: 0.01, seed: 2 });
    const codes = await model.encode(data);
    await model.dispose();
    return codes.reduce((sum, value) => sum + value, 0) / 96;
  };
  expect(await activityOf(0.01)).toBeLessThan((await activityOf(0)) / 4);
});

test("the same bits on one thread and on two", async () => {
  const make: Parameters<typeof weightsOnThreads>[1] = (settings) =>
    sparse({ penalty: "kl", layers: 1, code: 16, ...settings });
  expect(await weightsOnThreads(1, make)).toEqual(await weightsOnThreads(2, make));
});

test("shows its units and whether it copies", async () => {
  const model = sparse({ layers: 1, code: 10 });
  const data = waves([28, 28, 1], 30);
  await model.fit(data, { epochs: 1 });
  const exhibits = await model.exhibits(data);
  expect(exhibits.map(({ kind, title }) => `${kind}: ${title}`)).toEqual([
    "rows: Originals and reconstructions",
    "figures: Active units",
    "bars: How often each unit is active",
    "grid: What each unit draws",
    "rows: What units respond to",
    "figures: Scrambled samples in figures",
    "rows: Scrambled samples",
  ]);
  await model.dispose();
});
