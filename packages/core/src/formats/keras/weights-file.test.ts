import { describe, expect, test } from "vitest";
import { input, layers, model, sequential } from "../../index.ts";
import type { Model } from "../../index.ts";
import { loadWeights, saveWeights } from "./weights-file.ts";

const { batchNormalization, dense } = layers;

function chain(units: readonly number[], names: readonly string[] = []): Model {
  return sequential([input([3]), ...units.map((count, index) => dense(count, { name: names[index] ?? `d${index}` }))], {
    name: "chain",
  });
}

describe.each(["keras", "legacy"] as const)("%s", (format) => {
  test("nothing changes when something does not fit, and what does not is named", async () => {
    const bytes = await saveWeights(chain([4, 5]), { format });
    const other = chain([4, 6]);
    const before = other.getWeights();
    await expect(loadWeights(other, bytes)).rejects.toThrow(
      /the weights of chain\/d1\/kernel have the shape \[4, 5\] in the file.*the model asks for \[4, 6\]/u,
    );
    expect(other.getWeights()).toEqual(before);
  });

  test("what does not fit is left as it is where that is asked for", async () => {
    const saved = chain([4, 5]);
    const other = chain([4, 6]);
    const before = other.getWeights();
    const skipped = await loadWeights(other, await saveWeights(saved, { format }), { skipMismatch: true });
    expect(skipped).toEqual(["chain/d1/kernel", "chain/d1/bias"]);
    expect(other.getWeights()).toEqual([...saved.getWeights().slice(0, 2), ...before.slice(2)]);
  });

  test("frozen layers and statistics keep their places", async () => {
    const make = (): Model => {
      const frozen = dense(2, { trainable: false });
      const inner = sequential([input([3]), dense(3), batchNormalization(), frozen, dense(2)]);
      const start = input([3]);
      return model(start, dense(1)(inner(start)));
    };
    const saved = make();
    for (const [index, variable] of saved.variables.entries()) variable.assign(variable.read().fill(index + 1));
    const other = make();
    await loadWeights(other, await saveWeights(saved, { format }));
    expect(other.getWeights()).toEqual(saved.getWeights());
  });
});

test("layers that the model lacks are refused by name, and those that the file lacks", async () => {
  await expect(loadWeights(chain([4]), await saveWeights(chain([4, 5])))).rejects.toThrow(
    'the file holds the weights "layers/dense_1/vars/0" of a layer that the model does not have',
  );
  await expect(loadWeights(chain([4, 5]), await saveWeights(chain([4])))).rejects.toThrow(
    'the file has no "layers/dense_1/vars/0", the weights of chain/d1/kernel',
  );
  await expect(loadWeights(chain([4]), await saveWeights(chain([4, 5]), { format: "legacy" }))).rejects.toThrow(
    'the model "chain" has 1 layers with weights, "d0"; the file has 2, "d0", "d1"',
  );
});

test("layers find their weights by name in older files", async () => {
  const saved = chain([4, 4], ["first", "second"]);
  const other = chain([4, 4], ["first", "third"]);
  const before = other.getWeights();
  const bytes = await saveWeights(saved, { format: "legacy" });
  expect(await loadWeights(other, bytes, { byName: true })).toEqual(["chain/third/kernel", "chain/third/bias"]);
  expect(other.getWeights()).toEqual([...saved.getWeights().slice(0, 2), ...before.slice(2)]);
  await expect(loadWeights(other, await saveWeights(saved), { byName: true })).rejects.toThrow(
    "byName is for .h5 files",
  );
});

test("long lists of names are split, as Keras splits them", async () => {
  const names = Array.from({ length: 1200 }, (_, index) => `${"long".repeat(20)}_${index}`);
  const start = input([1]);
  const many = model(
    start,
    names.map((name) => dense(1, { name })(start)),
  );
  const bytes = await saveWeights(many, { format: "legacy" });
  expect(new TextDecoder("latin1").decode(bytes)).toContain("layer_names1");
  const weights = many.getWeights();
  for (const variable of many.variables) variable.assign([9]);
  await loadWeights(many, bytes);
  expect(many.getWeights()).toEqual(weights);
});

test("a model without shapes has no weights to write or read", async () => {
  await expect(saveWeights(sequential([dense(2)], { name: "late" }))).rejects.toThrow(
    'the model "late" has no weights yet, because its shapes are not known',
  );
});
