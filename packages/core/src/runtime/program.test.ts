import { afterEach, describe, expect, it } from "vitest";
import type { ParameterUpdate } from "../compile/specification.ts";
import { gradients } from "../autodiff/gradient.ts";
import type { Node } from "../graph/node.ts";
import { sizeOf } from "../graph/tensor-type.ts";
import { conv2d } from "../ops/conv2d/index.ts";
import { dense } from "../ops/dense.ts";
import { add, div, mul, relu, sigmoid, sqrt, square, sub } from "../ops/elementwise.ts";
import { constant, inputNode, parameterNode, scalarNode } from "../ops/leaf.ts";
import { maxPool2d } from "../ops/pool.ts";
import { mean, sum, sumSamples } from "../ops/reduce.ts";
import { reshape, transpose } from "../ops/shape.ts";
import { expectClose } from "../ops/testing/check-kernel.ts";
import { interpret } from "../ops/testing/interpret.ts";
import { fillTensor, uniformNumbers } from "../ops/testing/values.ts";
import type { TensorValue } from "../ops/testing/values.ts";
import { Device } from "./device.ts";
import { ParameterStore } from "./parameter-store.ts";
import { Program } from "./program.ts";
import { runCompiled } from "./testing/run-compiled.ts";

const devices: Device[] = [];
async function createDevice(threads: number): Promise<Device> {
  const device = await Device.create({ threads });
  devices.push(device);
  return device;
}
afterEach(() => {
  for (const device of devices.splice(0)) device.dispose();
});

/** A small network with everything that fusion, residency and stages have to deal with. */
function network() {
  const image = inputNode("image", [6, 5, 1]);
  const weight = inputNode("weight", []);
  const rate = scalarNode("rate");
  const kernel = parameterNode("kernel", [3, 3, 1, 4]);
  const bias = parameterNode("bias", [4]);
  const w1 = parameterNode("w1", [36, 7]);
  const w2 = parameterNode("w2", [7, 30]);
  const convolved = relu(add(conv2d(image, kernel, { strides: [1, 1], padding: "same" }), bias));
  const pooled = maxPool2d(convolved, { poolSize: [2, 2], strides: [2, 2], padding: "same" });
  const code = sigmoid(dense(reshape(pooled, [36]), w1));
  const decoded = reshape(dense(code, w2), [6, 5, 1]);
  const loss = sumSamples(mul(mean(square(sub(decoded, image))), weight));
  const parameters = [kernel, bias, w1, w2];
  return { image, weight, rate, parameters, code, decoded, loss, slopes: gradients(loss, parameters) };
}

function feedsFor(leaves: readonly Node[], batch: number, seed: number): Map<Node, TensorValue> {
  const next = uniformNumbers(seed, -0.5, 0.5);
  return new Map(leaves.map((leaf) => [leaf, fillTensor(leaf.type, batch, next)]));
}

describe("Program", () => {
  it.each([
    { batch: 1, batchSize: 1, threads: 1 },
    { batch: 3, batchSize: 8, threads: 2 },
    { batch: 37, batchSize: 64, threads: 2 },
    { batch: 64, batchSize: 64, threads: 3 },
    { batch: 300, batchSize: 300, threads: 2 },
  ])("agrees with the float64 references: $batch of $batchSize samples, $threads threads", async (options) => {
    const { image, weight, parameters, code, decoded, loss, slopes } = network();
    const feeds = feedsFor([image, ...parameters], options.batch, 7);
    feeds.set(
      weight,
      Array.from({ length: options.batch }, () => Float64Array.of(1 / options.batch)),
    );
    const outputs = [loss, code, decoded, ...slopes];
    const expected = interpret(outputs, feeds, options);
    const actual = await runCompiled(outputs, feeds, options);
    for (const [i, value] of actual.entries()) expectClose(value, expected[i]!, 3e-6, `output ${i}`);
  });

  it("gives the same bits with 1, 2 and 3 threads, run after run", async () => {
    const runs = [];
    for (const threads of [1, 2, 3, 2]) runs.push(await train(await createDevice(threads), 20));
    for (const run of runs.slice(1)) expect(run).toEqual(runs[0]);
    expect(runs[0]!.losses[19]!).toBeLessThan(0.7 * runs[0]!.losses[0]!);
  });

  it("runs hundreds of stages, which normalizations of deep networks need", async () => {
    const [sample, share] = [inputNode("sample", [2]), inputNode("share", [])];
    let centred: Node = sample;
    // Each of them waits for the sum over all samples, and the next one for it.
    for (let layer = 1; layer <= 150; layer++) {
      centred = add(sub(centred, sumSamples(mul(centred, share))), constant(layer / 100));
    }
    const feeds = feedsFor([sample], 9, 3);
    feeds.set(
      share,
      Array.from({ length: 9 }, () => Float64Array.of(1 / 9)),
    );
    const options = { batch: 9, batchSize: 16, threads: 2 };
    const [actual] = await runCompiled([centred], feeds, options);
    expectClose(actual!, interpret([centred], feeds, options)[0]!, 3e-6, "centred");
  });

  it("reads a parameter's old value everywhere, however late its update is computed", async () => {
    const device = await createDevice(2);
    const store = new ParameterStore(device);
    const [a, b] = [parameterNode("a", [5]), parameterNode("b", [5])];
    store.set(a, [1, 2, 3, 4, 5]);
    store.set(b, [10, 20, 30, 40, 50]);
    const updates = [
      { parameter: a, value: add(a, b) },
      { parameter: b, value: sub(b, a) },
    ];
    const total = sum(mul(a, a));
    const program = await Program.compile({ outputs: { total }, updates, batchSize: 4 }, device, store);
    program.run({ count: 1, step: 0, seed: 0 });
    expect(program.output("total")[0]).toBe(55);
    expect([...store.get(a)]).toEqual([11, 22, 33, 44, 55]);
    expect([...store.get(b)]).toEqual([9, 18, 27, 36, 45]);
  });

  it("updates a parameter from itself in another order", async () => {
    const device = await createDevice(2);
    const store = new ParameterStore(device);
    const w = parameterNode("w", [2, 3, 2]);
    const before = Array.from({ length: 12 }, (_, i) => i);
    store.set(w, before);
    const turned = reshape(transpose(reshape(w, [3, 4]), [1, 0]), [2, 3, 2]);
    const updates = [{ parameter: w, value: add(turned, w) }];
    const program = await Program.compile({ outputs: {}, updates, batchSize: 4 }, device, store);
    program.run({ count: 1, step: 0, seed: 0 });
    const expected = before.map((value, i) => value + (i % 3) * 4 + Math.floor(i / 3));
    expect([...store.get(w)]).toEqual(expected);

    const square = parameterNode("square", [2, 2]);
    store.set(square, [1, 2, 3, 4]);
    const transposes = {
      outputs: {},
      updates: [{ parameter: square, value: transpose(square, [1, 0]) }],
      batchSize: 1,
    };
    (await Program.compile(transposes, device, store)).run({ count: 1, step: 0, seed: 0 });
    expect([...store.get(square)]).toEqual([1, 3, 2, 4]);
  });

  it("shows leaves as results", async () => {
    const device = await createDevice(1);
    const store = new ParameterStore(device);
    const [x, w] = [inputNode("x", [2]), parameterNode("w", [2])];
    store.set(w, [5, 6]);
    const outputs = { x, w, rate: scalarNode("rate"), three: constant(3) };
    const program = await Program.compile({ outputs, batchSize: 1 }, device, store);
    program.inputRows(x)!.set([1, 2]);
    program.run({ count: 1, step: 0, seed: 0, scalars: { rate: 0.5 } });
    const values = Object.keys(outputs).map((name) => [...program.output(name)]);
    expect(values).toEqual([[1, 2], [5, 6], [0.5], [3]]);
  });

  it("refuses what it cannot compute, before it takes memory", async () => {
    const device = await createDevice(1);
    const store = new ParameterStore(device);
    const [a, b, x] = [parameterNode("a", [2]), parameterNode("b", [2]), inputNode("x", [2])];
    const compile = (updates: readonly ParameterUpdate[], batchSize = 1): Promise<Program> =>
      Program.compile({ outputs: {}, updates, batchSize }, device, store);
    const update = { parameter: a, value: add(a, 1) };
    await expect(compile([update], 0)).rejects.toThrow(/batch size must be a whole number of at least 1, and is 0/);
    await expect(compile([update, update])).rejects.toThrow(/"a" gets two new values/);
    await expect(compile([{ parameter: a, value: sum(a) }])).rejects.toThrow(/"a" is \[2\] shared.*\[\] shared/);
    await expect(compile([{ parameter: a, value: add(a, x) }])).rejects.toThrow(/\[2\] per sample/);
    await expect(compile([{ parameter: a, value: b }])).rejects.toThrow(/computes nothing/);
    await expect(compile([{ parameter: x, value: add(a, 1) }])).rejects.toThrow(/only parameters can be updated/);
    expect(device.memory.bytesInUse).toBe(0);
  });

  it("gives its memory back and can no longer be used", async () => {
    const device = await createDevice(2);
    const store = new ParameterStore(device);
    const { loss, image, weight } = network();
    const before = device.memory.bytesInUse;
    const program = await Program.compile({ outputs: { loss }, batchSize: 16 }, device, store);
    expect(program.inputRows(image)).toHaveLength(16 * 30);
    expect(program.inputRows(weight)).toHaveLength(16);
    expect(device.memory.bytesInUse).toBeGreaterThan(before);
    await program.dispose();
    store.dispose();
    expect(device.memory.bytesInUse).toBe(before);
    expect(() => program.run({ count: 1, step: 0, seed: 0 })).toThrow(/disposed/);
    expect(() => program.output("loss")).toThrow(/disposed/);
  });

  it("keeps dropped parameters as long as a program uses them", async () => {
    const device = await createDevice(1);
    const store = new ParameterStore(device);
    const before = device.memory.bytesInUse;
    const [w, x] = [parameterNode("w", [3]), inputNode("x", [3])];
    store.set(w, [1, 2, 3]);
    const program = await Program.compile({ outputs: { y: mul(x, w) }, batchSize: 1 }, device, store);
    store.drop(w);
    expect([...store.get(w)]).toEqual([1, 2, 3]);
    await program.dispose();
    expect(device.memory.bytesInUse).toBe(before);
  });

  it("runs while other programs are being loaded and disposed of", async () => {
    const device = await createDevice(3);
    const store = new ParameterStore(device);
    const x = inputNode("x", [2]);
    const compileTimes = (factor: number): Promise<Program> =>
      Program.compile({ outputs: { y: mul(x, factor) }, batchSize: 4 }, device, store);
    const first = await compileTimes(2);
    const others = [compileTimes(3), compileTimes(4)];
    for (let i = 0; i < 50; i++) first.run({ count: 4, step: i, seed: 0 });
    const [second, third] = await Promise.all(others);
    const disposed = [second!.dispose(), first.dispose()];
    third!.inputRows(x)!.fill(1);
    third!.run({ count: 4, step: 0, seed: 0 });
    expect([...third!.output("y")]).toEqual(Array(8).fill(4));
    await Promise.all(disposed);
  });

  it("refuses more samples than it was compiled for, and scalars without a value", async () => {
    const device = await createDevice(1);
    const store = new ParameterStore(device);
    const x = inputNode("x", [2]);
    const outputs = { y: mul(x, scalarNode("rate")) };
    const program = await Program.compile({ outputs, batchSize: 4 }, device, store);
    expect(() => program.run({ count: 5, step: 0, seed: 0 })).toThrow(/1 to 4 samples, and got 5/);
    expect(() => program.run({ count: 1.5, step: 0, seed: 0 })).toThrow(/1 to 4 samples, and got 1.5/);
    expect(() => program.run({ count: 4, step: 0, seed: 0 })).toThrow(/"rate" has no value/);
  });
});

/** Trains the network and returns every bit of what came out. */
async function train(device: Device, steps: number) {
  const { image, weight, rate, parameters, loss, slopes } = network();
  const store = new ParameterStore(device);
  const moments = parameters.map((parameter, i) => parameterNode(`moment${i}`, parameter.type.shape));
  const feeds = feedsFor([image, ...parameters], 50, 3);
  for (const parameter of parameters) store.set(parameter, feeds.get(parameter) as Float64Array);
  const updates = parameters.flatMap((parameter, i) => {
    const moment = add(mul(moments[i]!, 0.9), mul(square(slopes[i]!), 0.1));
    const value = sub(parameter, div(mul(rate, slopes[i]!), add(sqrt(moment), 1e-7)));
    return [
      { parameter: moments[i]!, value: moment },
      { parameter, value },
    ];
  });
  const program = await Program.compile({ outputs: { loss }, updates, batchSize: 50 }, device, store);
  const rows = feeds.get(image) as readonly Float64Array[];
  for (const [sample, row] of rows.entries()) program.inputRows(image)!.set(row, sample * sizeOf(image.type.shape));
  program.inputRows(weight)!.fill(1 / 50);
  const losses = [];
  for (let step = 0; step < steps; step++) {
    program.run({ count: 50, step, seed: 1, scalars: { rate: 0.01 } });
    losses.push(program.output("loss")[0]);
  }
  return { losses, weights: parameters.map((parameter) => [...store.get(parameter)]) };
}
