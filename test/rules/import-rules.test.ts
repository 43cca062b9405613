import { expect, test } from "vitest";
import { importViolations } from "./import-rules.ts";

const check = (path: string, specifier: string): string[] =>
  importViolations([{ path, text: `import type { A } from "${specifier}";` }]);

test.for([
  ["packages/core/src/kernel/builder.ts", "./vec.ts"],
  ["packages/core/src/kernel/wasm/render.ts", "../vec.ts"],
  ["packages/core/src/ops/dense.ts", "../graph/node.ts"],
  ["packages/core/src/nn/layers/dense.ts", "../../runtime/pool.ts"],
  ["packages/core/src/nn/fit.ts", "../data/batches.ts"],
  ["packages/core/src/data/named.ts", "../formats/idx/index.ts"],
  ["packages/core/src/formats/onnx/write.ts", "../../ops/dense.ts"],
  ["packages/core/src/formats/keras/read.ts", "fflate"],
  ["packages/core/src/index.ts", "./tasks/denoise.ts"],
  ["packages/core/src/runtime/threads/node-worker.ts", "node:worker_threads"],
  ["packages/core/src/ops/dense.test.ts", "../runtime/pool.ts"],
  ["packages/core/src/ops/dense.test.ts", "node:fs"],
  ["packages/core/src/ops/dense.test.ts", "./testing/central-differences.ts"],
  ["packages/core/src/ops/testing/central-differences.ts", "../../runtime/pool.ts"],
  ["packages/core/src/nn/fit.test.ts", "../../../../fixtures/keras/read.ts"],
  ["packages/core/src/nn/fit.browser.test.ts", "../../../../test/browser/run-in-chromium.ts"],
  ["packages/sandglass/src/cli/train.ts", "@sandglass/core"],
  ["packages/sandglass/src/cli/train.ts", "node:fs/promises"],
  ["packages/sandglass/src/images/read.ts", "sharp"],
  ["packages/studio/src/main.ts", "@sandglass/core"],
  ["bench/peers/sandglass.ts", "@sandglass/core"],
  ["fixtures/polynomials/fit.ts", "../../packages/core/src/kernel/polynomial.ts"],
  ["test/models.train.test.ts", "../packages/core/src/nn/testing/losses.ts"],
] as const)("%s may import %s", ([path, specifier]) => {
  expect(check(path, specifier)).toEqual([]);
});

test.for([
  ["packages/core/src/graph/node.ts", "../ops/dense.ts", "graph may not import ops"],
  ["packages/core/src/kernel/wasm/render.ts", "../../graph/node.ts", "kernel may not import graph"],
  ["packages/core/src/runtime/pool.ts", "../nn/model.ts", "runtime may not import nn"],
  ["packages/core/src/data/batches.ts", "../nn/model.ts", "data may not import nn"],
  ["packages/core/src/data/batches.ts", "../formats/keras/read.ts", "data may not import formats"],
  ["packages/core/src/formats/idx/read.ts", "../../data/dataset.ts", "formats/idx may not import data"],
  ["packages/core/src/formats/onnx/write.ts", "../../models/conv.ts", "formats may not import models"],
  ["packages/core/src/nn/model.ts", "../index.ts", "the core's own index.ts"],
  ["packages/core/src/nn/model.ts", "../utilities/list.ts", "in no layer"],
  ["packages/core/src/nn/model.ts", "../ops/testing/cases.ts", "which only tests may import"],
  ["packages/core/src/nn/model.ts", "../../../../fixtures/keras/read.ts", "leaves its package"],
  ["packages/core/src/nn/model.ts", "@sandglass/core", "its own package by name"],
  ["packages/core/src/nn/model.ts", "sandglass", "@sandglass/core stands below it"],
  ["packages/core/src/nn/model.ts", "node:fs", "the core runs in browsers too"],
  ["packages/core/src/nn/model.ts", "fs/promises", "the core runs in browsers too"],
  ["packages/core/src/runtime/threads/pool.ts", "node:worker_threads", "the core runs in browsers too"],
  ["packages/core/src/formats/png/read.ts", "sharp", "the core has no dependency but"],
  ["packages/sandglass/src/cli/train.ts", "../../../core/src/index.ts", `import "@sandglass/core" instead`],
  ["packages/sandglass/src/cli/train.test.ts", "../../../core/src/index.ts", `import "@sandglass/core" instead`],
  ["packages/sandglass/src/cli/train.ts", "@sandglass/studio", "sandglass stands below it"],
  ["bench/peers/sandglass.ts", "../../packages/core/src/index.ts", `import "@sandglass/core" instead`],
] as const)("%s may not import %s", ([path, specifier, complaint]) => {
  expect(check(path, specifier)).toEqual([expect.stringContaining(`${path}:1 `)]);
  expect(check(path, specifier)[0]).toContain(complaint);
});

test("a computed import is refused in the core, where it could hide anything", () => {
  const text = "export const load = (name: string): Promise<unknown> => import(name);";
  expect(importViolations([{ path: "packages/core/src/nn/load.ts", text }])).toEqual([
    expect.stringContaining("computed name"),
  ]);
  expect(importViolations([{ path: "bench/load.ts", text }])).toEqual([]);
});

test("files that are no scripts are passed over", () => {
  expect(importViolations([{ path: "packages/core/src/nn/README.md", text: `import "node:fs";` }])).toEqual([]);
});
