/** Every layer that model files may name, held to the contract of layers. */
import { beforeEach, describe, expect, test } from "vitest";
import { resetNames } from "../names.ts";
import { setRandomSeed } from "../random/session-seed.ts";
import { layerClasses } from "./registry.ts";
import { checkCall, checkCompiled, checkConfig, checkGradients } from "./testing/layer-contract.ts";
import { LAYER_EXAMPLES } from "./testing/layer-examples.ts";

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
  test("infers as its references", () => checkCompiled(example, false));
  test("trains as its references", () => checkCompiled(example, true));
  test.runIf(example.isDifferentiable !== false)("has the right slopes", () => checkGradients(example));
});
