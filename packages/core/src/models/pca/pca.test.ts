import { expect, test, vi } from "vitest";
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

test("has one epoch, whatever the epochs", async () => {
  const model = pca({ code: 3 });
  expect(model.trainingSettings({ epochs: 10 }).epochs).toBe(1);
  const data = waves([12], 60);
  expect((await model.fit(data, { epochs: 10 })).phases).toEqual([{ name: "solution", from: 0, to: 1, isLast: true }]);
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

test.each(["before", "while"])(
  "an abort %s it is solved ends the training, and leaves the model as it was",
  async (when) => {
    const data = waves([12], 60);
    const model = pca({ code: 3 });
    model.build(data);
    const before = model.model.getWeights();
    const stop = new AbortController();
    if (when === "before") stop.abort();
    const fitting = model.fit(data, { signal: stop.signal });
    stop.abort();
    const { stopped, epochs } = await fitting;
    expect({ stopped, epochs }).toEqual({ stopped: "aborted", epochs: [] });
    expect(model.model.getWeights()).toEqual(before);
    expect((await model.fit(data)).stopped).toBe("finished");
    await model.dispose();
  },
);

test("a solution prints its line as an epoch does", async () => {
  const written: string[] = [];
  const spy = vi.spyOn(process.stdout, "write").mockImplementation((text) => written.push(String(text)) > 0);
  const model = pca({ code: 3 });
  try {
    await model.fit(waves([12], 60), { verbose: 2, validationSplit: 20 });
  } finally {
    spy.mockRestore();
  }
  expect(written.join("")).toMatch(/^1\/1 - \S+ - \S+\/step - loss: \S+ - val_loss: \S+\n$/u);
  await expect(model.fit(waves([12], 60), { verbose: 3 as 2 })).rejects.toThrow("verbose must be 0, 1 or 2; 3 came");
  await model.dispose();
});
