import { expect, test } from "vitest";
import { coreLayerOf, mayImport, packageLayers, packageName } from "./layers.ts";

test.for([
  ["kernel/wasm/render.ts", "kernel"],
  ["formats/onnx/write.ts", "formats"],
  ["formats/idx/read.ts", "formats/idx"],
  ["formats/idx.ts", "formats/idx"],
  ["formats/idx-tools.ts", "formats"],
  ["kernels/render.ts", undefined],
  ["assert.ts", undefined],
] as const)("%s belongs to %s", ([file, layer]) => {
  expect(coreLayerOf(file)).toBe(layer);
});

test("a layer may import itself and those below, never one above", () => {
  expect(mayImport("ops", "ops")).toBe(true);
  expect(mayImport("tasks", "models")).toBe(true);
  expect(mayImport("models", "tasks")).toBe(false);
  expect(mayImport("kernel", "graph")).toBe(false);
});

test.for([
  ["packages/core", "@sandglass/core"],
  ["packages/sandglass", "sandglass"],
  ["packages/studio", "@sandglass/studio"],
] as const)("the package in %s is %s, which the table knows", ([folder, name]) => {
  expect(packageName(folder)).toBe(name);
  expect(packageLayers).toHaveProperty([name]);
});
