import { expect, test } from "vitest";
import { indexViolations } from "./index-files.ts";

const check = (text: string, path = "packages/core/src/nn/index.ts"): string[] => indexViolations([{ path, text }]);

test.for([
  `export * from "./dense.ts";`,
  `export * as layers from "./layers/index.ts";`,
  `export { dense, type Dense } from "./dense.ts";`,
  `import * as layers from "./layers/index.ts";\nexport { layers };`,
])("may stand in an index.ts: %s", (text) => {
  expect(check(`// What this folder offers.\n${text}\n`)).toEqual([]);
});

test.for([
  "export const one = 1;",
  "export function one(): number {\n  return 1;\n}",
  "export type One = 1;",
  "export interface One {}",
  "export default 1;",
  "console.log(1);",
  `import "./polyfill.ts";`,
])("may not stand in an index.ts: %s", (text) => {
  expect(check(`export * from "./dense.ts";\n\n${text}\n`)).toEqual([
    expect.stringContaining("packages/core/src/nn/index.ts:3 is code"),
  ]);
});

test("other files may do what they like", () => {
  expect(check("export const one = 1;", "packages/core/src/nn/dense.ts")).toEqual([]);
  expect(check("export const one = 1;", "packages/core/src/nn/my-index.ts")).toEqual([]);
});
