import { expect, test } from "vitest";
import { dataset, rows, wardrobe } from "../../data/index.ts";
import { contractive } from "./contractive.ts";

/** What there is to say of a model with this weight of the penalty, after the same training. */
async function findings(
  penaltyWeight: number | undefined,
): Promise<{ mse: number; contraction: number; ratio: number }> {
  const { images, shape } = wardrobe({ count: 3500, seed: 1 });
  const all = dataset("wardrobe", shape, images);
  const unseen = rows(all, 3000, 3500);
  const model = contractive({ penaltyWeight, seed: 1 });
  const { history } = await model.fit(rows(all, 0, 3000), { epochs: 15, batchSize: 64, validationData: unseen });
  const exhibits = await model.exhibits(unseen);
  const moved = exhibits.find(({ title }) => title === "What moves a code");
  await model.dispose();
  if (moved?.kind !== "figures") throw new Error("figures of what moves a code were expected");
  return {
    mse: history["val_mse"]!.at(-1)!,
    contraction: history["val_contraction"]!.at(-1)!,
    ratio: moved.figures.find(({ name }) => name === "ratio")!.value,
  };
}

test("contraction holds codes still where samples do not vary, and costs little of the reconstruction", async () => {
  const [free, contracted] = [await findings(0), await findings(undefined)];
  expect(contracted.contraction).toBeLessThan(free.contraction / 2);
  expect(contracted.mse).toBeLessThan(1.2 * free.mse);
  expect(contracted.ratio).toBeGreaterThan(1.1 * free.ratio);
});
