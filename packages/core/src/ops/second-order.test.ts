// Every op that has a slope, differentiated twice: what gradient penalties and contractive losses stand on.
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { gradients } from "../autodiff/gradient.ts";
import { topologicalOrder } from "../graph/node.ts";
import { Device } from "../runtime/device.ts";
import { runCompiled } from "../runtime/testing/run-compiled.ts";
import { expectClose, leavesOf } from "./testing/check-kernel.ts";
import { checkSecondGradient, projectedGradients } from "./testing/check-second-gradient.ts";
import { differentiableGraphs } from "./testing/differentiable-graphs.ts";
import type { DifferentiableGraph } from "./testing/differentiable-graphs.ts";
import { interpret } from "./testing/interpret.ts";
import { fillTensor, uniformNumbers } from "./testing/values.ts";

const SEED = 4;
const BOUND = 1.5;

const devices: Device[] = [];
beforeAll(async () => {
  for (const threads of [1, 2]) devices.push(await Device.create({ threads }));
});
afterAll(() => {
  for (const device of devices) device.dispose();
});

/** The projected first gradients of a graph, and their gradients with respect to everything. */
function secondOrder({ types, build }: DifferentiableGraph) {
  const result = build(...leavesOf(types)).type;
  const leaves = leavesOf([...types, result, ...types]);
  const first = projectedGradients(build, leaves.slice(0, types.length), leaves.slice(types.length));
  return { leaves, first, second: gradients(first, leaves) };
}

describe.each(Object.entries(differentiableGraphs))("%s", (_, graph) => {
  test("agrees with central differences of the first gradient", () => {
    checkSecondGradient(graph.types, graph.build, { seed: SEED, low: -BOUND, high: BOUND });
  });

  test("agrees with the references when compiled", async () => {
    const { leaves, first, second } = secondOrder(graph);
    const outputs = [first, ...second];
    const batch = 5;
    const next = uniformNumbers(SEED, -BOUND, BOUND);
    const feeds = new Map(leaves.map((leaf) => [leaf, fillTensor(leaf.type, batch, next)]));
    const expected = interpret(outputs, feeds, { batch });
    for (const device of devices) {
      const actual = await runCompiled(outputs, feeds, { device, batch });
      // Sums over 5 samples of up to some hundred products of four factors each, in float32.
      for (const [i, value] of actual.entries()) expectClose(value, expected[i]!, 2e-5, `output ${i}, seed ${SEED}`);
    }
  });
});

describe("the graphs", () => {
  const leaves = ["input", "parameter", "scalar", "constant", "randomUniform", "randomNormal"];
  const flat = ["sign", "floor", "greater", "greaterEqual", "equal", "stopGradient"];

  test("hold every op with a slope", async () => {
    const driven = new Set<string>();
    for (const graph of Object.values(differentiableGraphs)) {
      // What the first gradients are made of is differentiated for the second ones.
      for (const { op } of topologicalOrder([secondOrder(graph).first])) {
        if (typeof op.grad === "function") driven.add(op.name);
      }
    }
    const defined = await definedOps(import.meta.dirname);
    const expected = defined.filter((name) => ![...leaves, ...flat].includes(name));
    expect([...driven].toSorted()).toEqual(expected.toSorted());
  });
});

/** The names of all ops, as the sources define them. */
async function definedOps(folder: string): Promise<string[]> {
  const files = await readdir(folder, { recursive: true });
  const sources = files.filter((file) => file.endsWith(".ts") && !/\.test\.ts$|testing/.test(file));
  const texts = await Promise.all(sources.map((file) => readFile(path.join(folder, file), "utf8")));
  return texts.flatMap((text) => [...text.matchAll(/^ {2,4}name: "(\w+)",$/gm)].map(([, name]) => name!));
}
