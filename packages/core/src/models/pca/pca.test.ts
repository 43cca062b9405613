import { expect, test } from "vitest";
import { principalComponents, reconstructionErrors } from "../../classic/index.ts";
import { describeFamily, waves } from "../testing/family-contract.ts";
import { pca } from "./pca.ts";

describeFamily(pca.family, "pca");
describeFamily(pca.family, "pca: standardized", { options: { standardize: true, code: 3 } });

test.each([false, true])("gives back what the components do; standardized: %s", async (standardize) => {
  const data = waves([12], 60, { negative: true });
  const model = pca({ code: 3, standardize });
  const { history, stopped } = await model.fit(data, { validationSplit: 20 });
  expect(stopped).toBe("finished");
  const exact = await principalComponents(
    { ...data, values: data.values.subarray(0, 40 * 12), count: 40 },
    {
      components: 3,
      standardize,
    },
  );
  const errors = await reconstructionErrors(exact, data);
  const scores = await model.score(data);
  for (const [index, error] of errors.entries()) expect(scores[index]).toBeCloseTo(error, 5);
  expect(history["val_loss"]![0]).toBeCloseTo(errors.slice(40).reduce((sum, error) => sum + error, 0) / 20, 6);
  // Waves of one frequency need two components each: three cannot hold all.
  expect(history["loss"]![0]).toBeGreaterThan(1e-4);
  await model.dispose();
});

test("as many components as values give all back", async () => {
  const data = waves([6], 40);
  const model = pca({ code: 6 });
  await model.fit(data);
  const scores = await model.score(data);
  expect(Math.max(...scores)).toBeLessThan(1e-12);
  await model.dispose();
});

test("says that it takes more samples than components", async () => {
  await expect(pca({ code: 8 }).fit(waves([12], 4))).rejects.toThrow(
    "4 samples of shape [12], 12 values, have 1 to 4 principal components, and a code of 8 was asked for",
  );
});
