import { expect, test } from "vitest";
import { folderCycles } from "./folder-cycles.ts";
import type { SourceFile } from "./source-file.ts";

const imports = (path: string, ...specifiers: readonly string[]): SourceFile => ({
  path,
  text: specifiers.map((specifier) => `import "${specifier}";`).join("\n"),
});

test("folders that need each other in one direction are no cycle", () => {
  expect(
    folderCycles([
      imports("packages/core/src/ops/dense.ts", "../graph/node.ts", "../kernel/vec.ts"),
      imports("packages/core/src/graph/node.ts", "../kernel/vec.ts", "./shape.ts"),
      imports("packages/core/src/kernel/vec.ts", "vitest"),
    ]),
  ).toEqual([]);
});

test("a cycle through three folders is found, also when no single file takes part in one", () => {
  expect(
    folderCycles([
      imports("packages/core/src/a/one.ts", "../b/one.ts"),
      imports("packages/core/src/b/two.ts", "../c/one.ts"),
      imports("packages/core/src/c/deep/three.ts", "../../a/four.ts"),
    ]),
  ).toEqual(["packages/core/src: a → b → c → a"]);
});

test("cycles are found at every depth", () => {
  expect(
    folderCycles([
      imports("packages/core/src/nn/layers/dense.ts", "../losses/mse.ts"),
      imports("packages/core/src/nn/losses/mae.ts", "../layers/conv.ts"),
    ]),
  ).toEqual(["packages/core/src/nn: layers → losses → layers"]);
});

test("a folder and its parent's files may need each other, and tests may import anything", () => {
  expect(
    folderCycles([
      imports("packages/core/src/runtime/pool.ts", "./threads/start.ts"),
      imports("packages/core/src/runtime/threads/start.ts", "../protocol.ts"),
      imports("packages/core/src/a/one.ts", "../b/one.ts"),
      imports("packages/core/src/b/one.test.ts", "../a/one.ts"),
    ]),
  ).toEqual([]);
});
