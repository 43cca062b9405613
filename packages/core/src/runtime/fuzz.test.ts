/**
 * Random graphs, as programs: what fusion, stages, the memory plan and threads make of them is held to the float64
 * references. Each seed is a graph of its own, with its gradients and updates, one in five with second derivatives; a
 * failing one is named and can be run alone.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { gradients } from "../autodiff/gradient.ts";
import type { Node } from "../graph/node.ts";
import { printGraph } from "../graph/print.ts";
import { add, mul, square, sub, tanh } from "../ops/elementwise.ts";
import { mean } from "../ops/reduce.ts";
import { interpret } from "../ops/testing/interpret.ts";
import { fillTensor, uniformNumbers } from "../ops/testing/values.ts";
import type { TensorValue } from "../ops/testing/values.ts";
import { Device } from "./device.ts";
import { ParameterStore } from "./parameter-store.ts";
import { Program } from "./program.ts";
import { rowsOf } from "./testing/run-compiled.ts";
import { RandomGraph } from "./testing/random-graph.ts";

const NUM_GRAPHS = 100;
/** Chains of some twenty operations in float32, relative to the tensor's largest element. */
const TOLERANCE = 1e-4;

const devices: Device[] = [];
beforeAll(async () => {
  for (const threads of [1, 2, 3]) devices.push(await Device.create({ threads }));
});
afterAll(() => {
  for (const device of devices) device.dispose();
});

test.each(Array.from({ length: NUM_GRAPHS }, (_, seed) => seed))("random graph %i", async (seed) => {
  const next = uniformNumbers(seed, 0, 1);
  const graph = new RandomGraph(next);
  const { weight, results, parameters } = graph;
  const loss = seed % 5 === 2 ? withPenalty(graph) : graph.loss;
  const slopes = gradients(loss, parameters);
  const updates = parameters.map((parameter, i) => ({ parameter, value: sub(parameter, mul(slopes[i]!, 0.1)) }));
  const outputs = [...results, loss, ...slopes];
  const text = `seed ${seed}\n${printGraph(outputs)}`;

  const batch = 1 + Math.floor(next() * [3, 9, 40, 70][seed % 4]!);
  const batchSize = batch + Math.floor(next() * [1, 20][seed % 2]!);
  const leaves = [...graph.inputs, ...graph.parameters];
  const feeds = new Map(leaves.map((leaf) => [leaf, fillTensor(leaf.type, batch, uniformNumbers(leaf.id, -1, 1))]));
  feeds.set(
    weight,
    fillTensor(weight.type, batch, () => Math.fround(1 / batch)),
  );
  const expected = interpret([...outputs, ...updates.map(({ value }) => value)], feeds, { batch });

  const device = devices[seed % devices.length]!;
  const store = new ParameterStore(device);
  const named = Object.fromEntries(outputs.map((output, i) => [`o${i}`, output]));
  const program = await Program.compile({ outputs: named, updates, batchSize }, device, store);
  for (let run = 0; run < 2; run++) {
    for (const [leaf, value] of feeds) {
      if (value instanceof Float64Array) store.set(leaf, value);
      else for (const [sample, row] of value.entries()) program.inputRows(leaf)?.set(row, sample * row.length);
    }
    program.run({ count: batch, step: 0, seed: 0 });
    const actual = outputs.map((output, i) => rowsOf(output, program.output(`o${i}`), batch));
    const updated = updates.map(({ parameter }) => Float64Array.from(store.get(parameter)));
    for (const [i, value] of [...actual, ...updated].entries()) {
      expect(distance(value, expected[i]!), `value ${i}, batch ${batch} of ${batchSize}, ${text}`).toBeLessThan(
        TOLERANCE,
      );
    }
  }
  await program.dispose();
  store.dispose();
});

/** The loss, and the size of its own slopes: a penalty whose gradients are second derivatives. */
function withPenalty({ loss, parameters }: RandomGraph): Node {
  // Slopes of long chains may be large: tanh keeps them where float32 can compare them.
  return gradients(loss, parameters).reduce((total, slope) => add(total, mean(square(tanh(slope)))), loss);
}

/** The largest difference, relative to 1 plus the largest expected element. Infinite where one is not a number. */
function distance(actual: TensorValue, expected: TensorValue): number {
  const flat = (value: TensorValue): number[] =>
    value instanceof Float64Array ? [...value] : value.flatMap((row) => [...row]);
  const [a, b] = [flat(actual), flat(expected)];
  expect(a.length).toBe(b.length);
  const largest = b.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const off = b.reduce((most, value, i) => {
    const difference = Math.abs(value - a[i]!);
    return Number.isNaN(difference) ? Infinity : Math.max(most, difference);
  }, 0);
  return off / (1 + largest);
}
