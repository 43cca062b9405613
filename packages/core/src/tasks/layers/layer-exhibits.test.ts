import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dataset } from "../../data/dataset.ts";
import type { GridExhibit } from "../../models/exhibit.ts";
import { conv2d, maxPooling2d } from "../../nn/layers/index.ts";
import { input } from "../../nn/layers/input-layer.ts";
import { model } from "../../nn/model/functional.ts";
import type { Model } from "../../nn/model/model.ts";
import { setRandomSeed } from "../../nn/random/session-seed.ts";
import { useDefaultDevice } from "../../nn/testing/default-device.ts";
import { featureMaps, layerExhibits } from "./index.ts";

useDefaultDevice(1);

const image = dataset(
  "one",
  [8, 8, 3],
  Float32Array.from({ length: 192 }, (_, place) => Math.abs(Math.sin(place))),
);

let network: Model;
beforeAll(() => {
  setRandomSeed(2);
  const picture = input([8, 8, 3]);
  const first = conv2d(5, 3, { padding: "same", activation: "relu", name: "first" })(picture);
  const second = conv2d(4, [1, 2], { padding: "same", name: "second" })(maxPooling2d(2)(first));
  network = model(picture, conv2d(2, 1, { name: "third" })(second), { name: "network" });
});
afterAll(() => network.dispose());

test("the image, then filters and maps of each convolution", async () => {
  const exhibits = await layerExhibits(network, image);
  expect(exhibits.map(({ title }) => title)).toEqual([
    "The image",
    "first: 5 filters of 3 × 3",
    "first: 5 maps of 8 × 8",
    "second: 4 filters of 1 × 2",
    "second: 4 maps of 4 × 4",
    // A kernel of one place is no picture.
    "third: 2 maps of 4 × 4",
  ]);
  const [shown] = exhibits as readonly GridExhibit[];
  expect(shown?.samples).toEqual({ shape: [8, 8, 3], values: image.values });
});

describe("filters", () => {
  test("on images they are pictures with the image's channels", async () => {
    const [, filters] = (await layerExhibits(network, image)) as readonly GridExhibit[];
    expect(filters).toMatchObject({ columns: 5, isList: true, samples: { shape: [3, 3, 3], areWeights: true } });
    const kernel = network.getVariable("first/kernel").read();
    const ofThird = kernel.filter((_, place) => place % 5 === 2);
    expect(filters?.samples.values.subarray(2 * 27, 3 * 27)).toEqual(ofThird);
    const most = Math.max(...kernel.map(Math.abs));
    expect(filters?.samples.range).toEqual([-most, most]);
  });

  test("three maps are no colors", async () => {
    const picture = input([6, 6, 1]);
    const twice = model(picture, conv2d(2, 2, { name: "second" })(conv2d(3, 2, { name: "first" })(picture)));
    const one = dataset("one", [6, 6, 1], new Float32Array(36));
    const [, first, , second] = (await layerExhibits(twice, one)) as readonly GridExhibit[];
    expect(first).toMatchObject({ columns: 3, isList: true, samples: { shape: [2, 2, 1] } });
    expect(second).toMatchObject({ columns: 3, isList: false, samples: { shape: [2, 2, 1] } });
    await twice.dispose();
  });

  test("on maps there is a line for each filter, with a kernel for each map", async () => {
    const exhibits = (await layerExhibits(network, image, { layers: ["second"] })) as readonly GridExhibit[];
    const filters = exhibits[1] as GridExhibit;
    expect(filters).toMatchObject({ columns: 5, isList: false, samples: { shape: [1, 2, 1] } });
    // [1, 2, 5, 4]: the kernel of filter 3 for map 1.
    const kernel = network.getVariable("second/kernel").read();
    const at = (column: number): number => kernel[(column * 5 + 1) * 4 + 3] as number;
    expect([...filters.samples.values.subarray((3 * 5 + 1) * 2, (3 * 5 + 2) * 2)]).toEqual([at(0), at(1)]);
  });
});

test("maps have a picture for each channel, and one range for the layer", async () => {
  const [, , maps] = (await layerExhibits(network, image)) as readonly GridExhibit[];
  const [first] = await featureMaps(network, image);
  const values = first?.values ?? new Float32Array();
  expect(maps?.samples.shape).toEqual([8, 8, 1]);
  expect(maps?.samples.values.subarray(64, 128)).toEqual(values.filter((_, place) => place % 5 === 1));
  expect(maps?.samples.range).toEqual([Math.min(...values), Math.max(...values)]);
});

test("errors", async () => {
  const two = dataset("two", [8, 8, 3], new Float32Array(384));
  await expect(layerExhibits(network, two)).rejects.toThrow("are shown for one sample; 2 came");
  await expect(layerExhibits(network, image, { layers: ["frist"] })).rejects.toThrow('did you mean "first"?');
});

test("layers of models within go by the shortest name that is theirs alone", async () => {
  const part = (name: string, channels: number): Model => {
    const picture = input([4, 4, channels]);
    return model(picture, conv2d(2, 2, { name: "conv", padding: "same" })(picture), { name });
  };
  const picture = input([4, 4, 1]);
  const inner = conv2d(2, 2, { name: "only" })(part("b", 2)(part("a", 1)(picture)));
  const whole = model(picture, inner);
  const exhibits = await layerExhibits(whole, dataset("one", [4, 4, 1], new Float32Array(16)));
  expect(exhibits.map(({ title }) => title.split(":")[0])).toEqual([
    "The image",
    "a/conv",
    "a/conv",
    "b/conv",
    "b/conv",
    "only",
    "only",
  ]);
  await whole.dispose();
});
