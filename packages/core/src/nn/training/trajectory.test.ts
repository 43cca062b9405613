/** From the same weights and the same batches, training takes the same way as real Keras's. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Trajectory } from "../../../../../fixtures/keras/fixture-types.ts";
import { readFixture } from "../../../../../fixtures/keras/read.ts";
import { glorotUniform, imageBatch } from "../../../../../fixtures/keras/training-inputs.ts";
import { Device } from "../../runtime/device.ts";
import { conv2d, dense, maxPool2d, upSampling2d } from "../layers/index.ts";
import { input } from "../layers/input-layer.ts";
import { sequential } from "../model/sequential.ts";
import type { Sequential } from "../model/sequential.ts";
import { resetNames } from "../names.ts";
import { adam, sgd } from "../optimizers/index.ts";

const fixture = readFixture("trajectories");
let device: Device;
beforeAll(async () => {
  device = await Device.create({ threads: 2 });
});
afterAll(() => device.dispose());
beforeEach(resetNames);

function convolutional(): Sequential {
  const options = { activation: "relu", padding: "same" } as const;
  return sequential([
    input([28, 28, 1]),
    conv2d(16, 3, options),
    maxPool2d(2, { padding: "same" }),
    conv2d(8, 3, options),
    maxPool2d(2, { padding: "same" }),
    conv2d(8, 3, options),
    maxPool2d(2, { padding: "same" }),
    conv2d(8, 3, options),
    upSampling2d(2),
    conv2d(8, 3, options),
    upSampling2d(2),
    conv2d(16, 3, { activation: "relu" }),
    upSampling2d(2),
    conv2d(1, 3, { activation: "sigmoid", padding: "same" }),
  ]);
}

function fullyConnected(): Sequential {
  const hidden = [128, 64, 32, 64, 128].map((units) => dense(units, { activation: "relu" }));
  return sequential([input([784]), ...hidden, dense(784, { activation: "sigmoid" })]);
}

async function follow(model: Sequential, expected: Trajectory): Promise<number> {
  const { batchSize, numBatches } = fixture;
  model.setWeights(model.variables.map(({ shape }, index) => glorotUniform(index, shape)));
  const batches = Array.from({ length: numBatches }, (_, index) => imageBatch(index, batchSize));
  let worst = 0;
  for (const [step, loss] of expected.losses.entries()) {
    const batch = batches[step % numBatches]!;
    const logs = await model.trainOnBatch(batch, batch);
    worst = Math.max(worst, Math.abs(logs["loss"]! / loss - 1));
  }
  for (const [index, { sum, sumOfSquares }] of expected.finalWeights.entries()) {
    const values = model.variables[index]!.read();
    const squares = values.reduce((total, value) => total + value * value, 0);
    // The last steps amplify rounding: with another order of summation the first bias, 16 small numbers, moves by 2e-4.
    expect(Math.abs(squares / sumOfSquares - 1)).toBeLessThan(1e-3);
    // By the inequality of Cauchy and Schwarz: a relative change of 1e-4 in every weight.
    expect(Math.abs(values.reduce((a, b) => a + b, 0) - sum)).toBeLessThan(
      1e-4 * Math.sqrt(values.length * sumOfSquares),
    );
  }
  await model.dispose();
  return worst;
}

// Rounding alone moves Keras's own losses by 2e-6 (`float64Losses`), and ours by 1e-6 to 2e-6 with other orders of summation.
test("the lecture's convolutional autoencoder with Adam and binary crossentropy", async () => {
  const model = convolutional();
  model.compile({ optimizer: adam(), loss: "binary_crossentropy", device });
  expect(await follow(model, fixture.convolutional)).toBeLessThan(1e-5);
});

test("the dense autoencoder with SGD, momentum and mse", async () => {
  const model = fullyConnected();
  model.compile({ optimizer: sgd({ learningRate: 5, momentum: 0.9 }), loss: "mse", device });
  expect(await follow(model, fixture.dense)).toBeLessThan(1e-5);
});
