/** Every layer that model files may name, held to the contract of layers. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Device } from "../../runtime/device.ts";
import { resetNames } from "../names.ts";
import { setRandomSeed } from "../random/session-seed.ts";
import { layerClasses } from "./registry.ts";
import { checkCall, checkCompiled, checkConfig, checkGradients } from "./testing/layer-contract.ts";
import { LAYER_EXAMPLES } from "./testing/layer-examples.ts";

let devices: readonly Device[];
beforeAll(async () => {
  devices = await Promise.all([1, 2].map((threads) => Device.create({ threads })));
});
afterAll(() => {
  for (const device of devices) device.dispose();
});
beforeEach(() => {
  resetNames();
  setRandomSeed(5);
});

test("every layer has an example", () => {
  const untested = layerClasses().filter((name) => name !== "InputLayer" && LAYER_EXAMPLES[name] === undefined);
  expect(untested).toEqual([]);
});

const examples = Object.entries(LAYER_EXAMPLES).flatMap(([className, list]) =>
  list.map((example) => [className, example.make().getConfig(), example] as const),
);

describe.each(examples)("%s %j", (className, _, example) => {
  test("is what its name says", () => expect(example.make().className).toBe(className));
  test("goes through its configuration", () => checkConfig(example));
  test("is called", () => checkCall(example));
  test("infers as its references", () => checkCompiled(example, false, devices));
  test("trains as its references", () => checkCompiled(example, true, devices));
  test.runIf(example.isDifferentiable !== false)("has the right slopes", () => checkGradients(example));
});
