// Models to files and back. That real Keras opens the files is checked by `verify_written.py` in `fixtures/keras`.
import { afterAll, beforeAll, expect, test } from "vitest";
import { decodeArray, readFixture, readFixtureBytes } from "../../../../../fixtures/keras/read.ts";
import { imageBatch } from "../../../../../fixtures/keras/training-inputs.ts";
import { layers, adam, GraphError, input, model, nadam, rmsprop, sequential, sgd } from "../../index.ts";
import type { CompileOptions, Model } from "../../index.ts";
import { Device } from "../../runtime/device.ts";
import { KerasFileError } from "./keras-file-error.ts";
import { readKerasFile, writeKerasFile } from "./keras-file.ts";
import { loadModel } from "./load-model.ts";
import { saveModel } from "./save-model.ts";

const { averagePooling2d, conv2d, conv2dTranspose, dense, dropout, flatten, maxPool2d, reshape, upSampling2d } = layers;
const images = imageBatch(0, 12);
let device: Device;
beforeAll(async () => {
  device = await Device.create({ threads: 1 });
});
afterAll(() => device.dispose());

/** Every layer with weights, models within a model, and a layer that is called twice. */
function nestedModel(): Model {
  const image = input([28, 28, 1], { name: "image" });
  const conv = conv2d(4, 3, { activation: "relu", padding: "same", strides: 2 });
  const code = dense(6, { activation: "relu" })(flatten()(dropout(0.25)(maxPool2d(2)(conv(image)))));
  const encoder = model(image, code, { name: "encoder" });
  const latent = input([6]);
  const twice = dense(6, { activation: "tanh" });
  const small = reshape([7, 7, 2])(dense(98)(twice(twice(latent))));
  const up = upSampling2d(2)(conv2dTranspose(3, 3, { activation: "relu", strides: 2, padding: "same" })(small));
  const decoder = model(latent, conv2d(1, 3, { activation: "sigmoid", padding: "same" })(up), { name: "decoder" });
  return model(image, decoder(encoder(image)), { name: "autoencoder" });
}

async function trained(autoencoder: Model, options: Omit<CompileOptions, "device">): Promise<Model> {
  autoencoder.compile({ ...options, device });
  await autoencoder.fit(images, images, { epochs: 2, batchSize: 5, seed: 3 });
  return autoencoder;
}

test.each([
  ["nadam", { optimizer: nadam({ learningRate: 0.003 }), loss: "mse" }],
  ["adam, amsgrad", { optimizer: adam({ amsgrad: true, beta1: 0.8 }), loss: "bce", metrics: ["mae"] }],
  ["sgd", { optimizer: sgd({ momentum: 0.9, nesterov: true }), loss: "mae" }],
  ["sgd without momentum", { optimizer: sgd(), loss: "mse" }],
  ["rmsprop", { optimizer: rmsprop({ centered: true, momentum: 0.5 }), loss: "mse" }],
] satisfies [string, Omit<CompileOptions, "device">][])(
  "a model that was loaded predicts and goes on training bit for bit: %s",
  async (_, options) => {
    const original = await trained(nestedModel(), options);
    const loaded = await loadModel(await saveModel(original), { device });
    expect(await loaded.predict(images)).toEqual(await original.predict(images));
    const goOn = { epochs: 4, initialEpoch: 2, batchSize: 5, seed: 3 };
    const [expected, history] = [await original.fit(images, images, goOn), await loaded.fit(images, images, goOn)];
    expect(history.history).toEqual(expected.history);
    expect(loaded.getWeights()).toEqual(original.getWeights());
    expect(await saveModel(loaded)).toEqual(await saveModel(original));
    await original.dispose();
    await loaded.dispose();
  },
);

test("a sequential model keeps its layers and their settings", async () => {
  const original = sequential([
    input([28, 28, 1]),
    averagePooling2d([2, 4], { padding: "same" }),
    flatten(),
    dense(3, { activation: "selu", kernelInitializer: "lecunNormal", useBias: false }),
  ]);
  const loaded = await loadModel(await saveModel(original), { device });
  expect(loaded.compiled).toBeUndefined();
  expect(loaded.layers.map((layer) => layer.getConfig())).toEqual(original.layers.map((layer) => layer.getConfig()));
  expect(loaded.getWeights()).toEqual(original.getWeights());
});

test("what is not trained is not in the optimizer's state", async () => {
  const fixed = dense(5, { trainable: false });
  const original = await trained(sequential([input([28, 28, 1]), flatten(), fixed, dense(784), reshape([28, 28, 1])]), {
    optimizer: adam(),
    loss: "mse",
  });
  const bytes = await saveModel(original);
  const { weights } = await readKerasFile(bytes);
  // Iterations, learning rate, and two slots for each of the two variables of the last layer.
  expect(weights.filter(({ path }) => path.startsWith("optimizer/"))).toHaveLength(6);
  const loaded = await loadModel(bytes, { device });
  expect(loaded.trainableVariables.map(({ shape }) => shape)).toEqual([[5, 784], [784]]);
  await original.dispose();
});

test("layers that were frozen after training leave the others their optimizer's state", async () => {
  const [first, last] = [dense(5, { name: "first" }), dense(784, { name: "last" })];
  const original = await trained(sequential([input([28, 28, 1]), flatten(), first, last, reshape([28, 28, 1])]), {
    optimizer: adam(),
    loss: "mse",
  });
  const file = await readKerasFile(await saveModel(original));
  // As Keras writes it: the layer is frozen, and the optimizer still holds its state.
  const frozen = async (name: string): Promise<Uint8Array> => {
    const layer = new RegExp(`("name":"${name}","trainable":)true`, "u");
    const config = JSON.stringify(file.config).replace(layer, "$1false");
    return writeKerasFile({ ...file, config: JSON.parse(config) });
  };
  const state = original.compiled!.state.read();
  for (const [name, kept] of [["first", last] as const, ["last", first] as const]) {
    const loaded = await loadModel(await frozen(name), { device });
    const { iterations, variables } = loaded.compiled!.state.read();
    expect(iterations).toBe(state.iterations);
    expect(variables.map(({ slots }) => slots)).toEqual(
      kept.variables.map((variable) => state.variables.find((each) => each.variable === variable)?.slots),
    );
    await loaded.dispose();
  }
  const some = file.weights.filter(({ path }) => !/^optimizer\/vars\/[67]$/u.test(path));
  await expect(loadModel(await writeKerasFile({ ...file, weights: some }))).rejects.toThrow(
    /Adam has 10 arrays for 4 weights.*the file holds 8.*frozen or thawed after training.*compile: false/,
  );
  await original.dispose();
});

test.each(["nested", "sequential", "branched"] as const)(
  "Keras's own file predicts what Keras predicts: %s",
  async (name) => {
    const saved = readFixture("models")[name];
    const loaded = await loadModel(readFixtureBytes(saved.file), { device });
    const [x, expected] = [decodeArray(saved.input), decodeArray(saved.output)];
    const predicted = await loaded.predict(x.data);
    expect(predicted).toHaveLength(expected.data.length);
    const worst = Math.max(...predicted.map((value, index) => Math.abs(value - expected.data[index]!)));
    // Both compute in float32, in another order.
    expect(worst).toBeLessThan(2e-6);
    await loaded.dispose();
  },
);

test("a model is written without its optimizer, and read without compiling it", async () => {
  const original = await trained(nestedModel(), { optimizer: "adam", loss: "mse" });
  const alone = await loadModel(await saveModel(original, { includeOptimizer: false }), { device });
  expect(alone.compiled).toBeUndefined();
  const notCompiled = await loadModel(await saveModel(original), { compile: false, device });
  expect(notCompiled.compiled).toBeUndefined();
  await original.dispose();
});

test("a loss of one's own is refused, with what to do", async () => {
  const original = sequential([input([2]), dense(2)]);
  original.compile({ optimizer: "adam", loss: (target) => target, device });
  await expect(saveModel(original)).rejects.toThrow(/is none of Keras's.*includeOptimizer: false/);
});

test("a layer that two models share is refused by name", async () => {
  const shared = dense(2, { name: "both" });
  const [left, right] = [input([2]), input([2])];
  const [first, second] = [
    model(left, shared(left), { name: "first" }),
    model(right, shared(right), { name: "second" }),
  ];
  const start = input([2]);
  await expect(saveModel(model(start, second(first(start))))).rejects.toThrow(
    /layer "both" \(Dense\) lies in "first" and in "second"/,
  );
});

test("missing and misshapen weights are named", async () => {
  const file = await readKerasFile(await saveModel(sequential([input([3]), dense(2, { name: "narrow" })])));
  const [kernel, bias] = file.weights;
  await expect(loadModel(await writeKerasFile({ ...file, weights: [kernel!] }))).rejects.toThrow(
    /no "layers\/dense\/vars\/1".*narrow\/bias/,
  );
  const wrong = { ...kernel!, shape: [2, 3] };
  await expect(loadModel(await writeKerasFile({ ...file, weights: [wrong, bias!] }))).rejects.toThrow(
    /narrow\/kernel.*\[2, 3\].*\[3, 2\]/,
  );
});

test("what is not available is refused as a fault of the file", async () => {
  const file = await readKerasFile(await saveModel(sequential([input([3]), dense(2)])));
  const replaced = async (from: string, to: string): Promise<Uint8Array> =>
    writeKerasFile({ ...file, config: JSON.parse(JSON.stringify(file.config).replaceAll(from, to)) });
  const unknown = loadModel(await replaced('"Dense"', '"Dens"'));
  await expect(unknown).rejects.toThrow(KerasFileError);
  await expect(unknown).rejects.toThrow(/unknown layer "Dens"; did you mean "Dense"/);
  const invalid = loadModel(await replaced('"units":2', '"units":-2'));
  await expect(invalid).rejects.toThrow(KerasFileError);
  await expect(invalid).rejects.not.toThrow(GraphError);
});

test("optimizers that are unknown or ask for what cannot be are refused", async () => {
  const original = sequential([input([3]), dense(2)]);
  original.compile({ optimizer: "adam", loss: "mse", device });
  const file = await readKerasFile(await saveModel(original));
  const text = JSON.stringify(file.config);
  const negative = JSON.parse(text.replace('"clipnorm":null', '"clipnorm":-1'));
  await expect(loadModel(await writeKerasFile({ ...file, config: negative }))).rejects.toThrow(
    "clipnorm of Adam must be a number from 0 on; -1 came",
  );
  const unknown = JSON.parse(text.replace('"class_name":"Adam"', '"class_name":"Adams"'));
  await expect(loadModel(await writeKerasFile({ ...file, config: unknown }))).rejects.toThrow(
    /unknown optimizer "Adams"; did you mean "adam"/,
  );
});
