/** Batch normalization in trainings: Keras's numbers, batches that are not full, frozen layers, and any number of threads. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { BatchNormalizationFixture } from "../../../../../fixtures/keras/fixture-types.ts";
import { decodeArray, readFixture } from "../../../../../fixtures/keras/read.ts";
import { topologicalOrder } from "../../graph/node.ts";
import type { Node } from "../../graph/node.ts";
import { inputNode } from "../../ops/leaf.ts";
import type { TensorValue } from "../../ops/testing/values.ts";
import { Device } from "../../runtime/device.ts";
import { runCompiled } from "../../runtime/testing/run-compiled.ts";
import type { Functional } from "../model/functional.ts";
import { model } from "../model/functional.ts";
import { sequential } from "../model/sequential.ts";
import { resetNames } from "../names.ts";
import { sgd } from "../optimizers/index.ts";
import { RandomBits } from "../random/random-bits.ts";
import { setRandomSeed } from "../random/session-seed.ts";
import { largestError } from "../testing/evaluate.ts";
import { activation, batchNormalization, conv2d, dense, flatten } from "./index.ts";
import { input } from "./input-layer.ts";
import { lowerContext } from "./lower-context.ts";

let device: Device;
beforeAll(async () => {
  device = await Device.create({ threads: 2 });
});
afterAll(() => device.dispose());
beforeEach(() => {
  resetNames();
  setRandomSeed(3);
});
afterEach(() => setRandomSeed(0));

type Training = BatchNormalizationFixture["trainings"][number];

/** The model of `generate_batch_normalization.py`. */
function network(): Functional {
  const image = input([6, 5, 2]);
  const convolution = conv2d(4, 3, { padding: "same", useBias: false, name: "convolution" })(image);
  const normal = batchNormalization({ momentum: 0.9, name: "normal" })(convolution);
  const code = dense(3, { name: "code" })(flatten()(activation("tanh")(normal)));
  const codeNormal = batchNormalization({ momentum: 0.8, center: false, name: "code_normal" })(code);
  return model(image, dense(2, { name: "out" })(codeNormal));
}

const rows = ({ shape, data }: ReturnType<typeof decodeArray>): { shape: readonly number[]; data: Float32Array } => ({
  shape: shape.slice(1),
  data,
});

describe("follows Keras", () => {
  const { trainings } = readFixture("batch-normalization");
  test.each(trainings.map((training) => [training.frozen, training] as const))(
    "over batches of which the last is not full, with %j frozen",
    async (frozen, training: Training) => {
      const { batchSize, epochs, learningRate, before, after } = training;
      const [x, y] = [rows(decodeArray(training.x)), rows(decodeArray(training.y))];
      const own = network();
      for (const { path, variable } of named(own)) variable.assign(decodeArray(before[path]!).data);
      for (const name of frozen) own.getLayer(name).trainable = false;
      own.compile({ optimizer: sgd({ learningRate }), loss: "mse", device });
      const { history } = await own.fit(x, y, { batchSize, epochs, shuffle: false });
      expect(largestError(history["loss"]!, training.losses)).toBeLessThan(1e-5);
      for (const { path, variable } of named(own)) {
        expect(largestError(variable.read(), decodeArray(after[path]!).data, 0.1), path).toBeLessThan(2e-5);
      }
      // The moving averages, not the statistics of these batches.
      expect(largestError([(await own.evaluate(x, y, { batchSize }))["loss"]!], [training.evaluated])).toBeLessThan(1e-5); // prettier-ignore
      const predictions = await own.predict(x, { batchSize });
      expect(largestError(predictions, decodeArray(training.predictions).data, 0.1)).toBeLessThan(2e-5);
      await own.dispose();
    },
  );

  function named(own: Functional) {
    return own.layers.flatMap((layer) =>
      layer.variables.map((variable) => ({ path: `${layer.name}/${variable.name}`, variable })),
    );
  }
});

const FEATURES = 3;
const bits = new RandomBits(8);
const numbers = (count: number): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => bits.fraction(i) * 4 + 1);

describe("training", () => {
  test("gives the same bits with any number of threads", async () => {
    const train = async (threads: number): Promise<Float32Array[]> => {
      resetNames();
      setRandomSeed(4);
      const own = await Device.create({ threads });
      const network = sequential([
        input([4, 4, 2]),
        conv2d(5, 3, { padding: "same" }),
        batchNormalization(),
        activation("relu"),
        flatten(),
        dense(FEATURES),
        batchNormalization({ momentum: 0.5 }),
      ]);
      network.compile({ optimizer: "adam", loss: "mse", device: own });
      const [x, y] = [numbers(150 * 32), numbers(150 * FEATURES)];
      await network.fit(x, y, { epochs: 2, batchSize: 64, seed: 1 });
      const weights = network.getWeights();
      await network.dispose();
      own.dispose();
      return weights;
    };
    const expected = await train(1);
    expect(expected.flatMap((values) => [...values]).every(Number.isFinite)).toBe(true);
    for (const threads of [2, 3]) expect(await train(threads)).toEqual(expected);
  });

  test("moves its averages by the statistics of each batch, however few samples it holds", async () => {
    const count = 7;
    const data = numbers(count * FEATURES);
    const network = sequential([input([FEATURES]), batchNormalization({ momentum: 0.75 })]);
    network.compile({ optimizer: sgd({ learningRate: 0 }), loss: "mse", device });
    await network.fit(data, data, { batchSize: 5, shuffle: false });
    const moving = [new Float64Array(FEATURES), new Float64Array(FEATURES).fill(1)];
    for (const [from, to] of [
      [0, 5],
      [5, 7],
    ] as const) {
      // prettier-ignore
      for (let feature = 0; feature < FEATURES; feature++) {
        const column = Array.from({ length: to - from }, (_, i) => data[(from + i) * FEATURES + feature]!);
        const mean = column.reduce((sum, value) => sum + value, 0) / column.length;
        const variance = column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / column.length;
        for (const [i, statistic] of [mean, variance].entries()) {
          moving[i]![feature] = moving[i]![feature]! * 0.75 + statistic * 0.25;
        }
      }
    }
    const [, , movingMean, movingVariance] = network.getWeights();
    expect(largestError(movingMean!, moving[0]!)).toBeLessThan(1e-6);
    expect(largestError(movingVariance!, moving[1]!)).toBeLessThan(1e-6);
    await network.dispose();
  });

  test("leaves a frozen layer as it is", async () => {
    const normal = batchNormalization();
    const network = sequential([input([FEATURES]), normal, dense(FEATURES)]);
    network.compile({ optimizer: "adam", loss: "mse", device });
    const data = numbers(20 * FEATURES);
    await network.fit(data, data);
    normal.trainable = false;
    const frozen = normal.getWeights();
    await network.fit(data, data);
    expect(normal.getWeights()).toEqual(frozen);
    normal.trainable = true;
    await network.fit(data, data);
    for (const [index, values] of normal.getWeights().entries()) expect(values).not.toEqual(frozen[index]);
    await network.dispose();
  });

  test("measures in float32 the spread of numbers far from 0", async () => {
    const layer = batchNormalization({ epsilon: 0 });
    layer(input([1]));
    const x = inputNode("x", [1]);
    const context = lowerContext({ training: true });
    const [output] = layer.lowerCall(context, [x]) as [Node];
    const samples = [999, 1000, 1001].map((value) => Float64Array.of(value));
    const feeds = new Map<Node, TensorValue>([
      [x, samples],
      [context.sampleShare, samples.map(() => Float64Array.of(1 / 3))],
      ...layer.variables.map((variable) => [variable.node, Float64Array.from(variable.read())] as const),
    ]);
    const [values] = await runCompiled([output], feeds, { batch: 3, threads: 1 });
    // The mean is off by a unit in its last place, 6e-5. Σ x² / n − mean² would be off by 0.06 of 0.67.
    expect(
      largestError(
        (values as Float64Array[]).map(([value]) => value!),
        [-Math.sqrt(1.5), 0, Math.sqrt(1.5)],
        1,
      ),
    ).toBeLessThan(2e-4);
  });
});

test("outside of training it is one product and one sum for each number", () => {
  const layer = batchNormalization();
  layer(input([4, 4, 2]));
  const x = inputNode("x", [4, 4, 2]);
  const [output] = layer.lowerCall(lowerContext({ training: false }), [x]);
  const perSample = topologicalOrder([output!]).filter(({ type }) => type.scope === "sample");
  expect(perSample.map(({ op }) => op.name)).toEqual(["input", "mul", "add"]);
});

describe("refuses", () => {
  test("the batch as axis, and axes that are not there", () => {
    expect(() => batchNormalization({ axis: 0 })(input([4]))).toThrow(
      'layer "batch_normalization" (BatchNormalization) cannot take [4] from layer "input_layer" (InputLayer): axis 0 is none of a sample of shape [4]',
    );
    expect(() => batchNormalization({ axis: 2 })(input([4]))).toThrow("the sample's axes count from 1 to 1");
  });

  test("options out of range", () => {
    expect(() => batchNormalization({ momentum: 1.5 })).toThrow("momentum of BatchNormalization must be from 0 to 1; 1.5 came"); // prettier-ignore
    expect(() => batchNormalization({ epsilon: -1 })).toThrow("epsilon of BatchNormalization must be a number from 0 on; -1 came"); // prettier-ignore
  });
});
