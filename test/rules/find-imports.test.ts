import { expect, test } from "vitest";
import { findImports } from "./find-imports.ts";

const specifiers = (text: string): Array<string | undefined> =>
  findImports({ path: "module.ts", text }).map(({ specifier }) => specifier);

test.for([
  ["default", `import a from "./a.ts";`],
  ["named, over several lines", `import {\n  a,\n  b as c,\n} from "./a.ts";`],
  ["namespace", `import * as a from './a.ts';`],
  ["side effect", `import "./a.ts";`],
  ["type only", `import type { A } from "./a.ts";`],
  ["inline type", `import { type A } from "./a.ts";`],
  ["in a type", `export type A = import("./a.ts").A;`],
  ["typeof in a type", `let a: typeof import("./a.ts");`],
  ["re-export of names", `export { a } from "./a.ts";`],
  ["re-export of types", `export type { A } from "./a.ts";`],
  ["re-export of everything", `export * from "./a.ts";`],
  ["re-export of everything under a name", `export * as a from "./a.ts";`],
  ["dynamic", `const a = await import("./a.ts");`],
  ["dynamic, deep inside", `class A { #a = (): unknown => [import("./a.ts")]; }`],
  ["dynamic, in a template without holes", "void import(`./a.ts`);"],
  ["require", `const a = require("./a.ts");`],
  ["import equals", `import a = require("./a.ts");`],
  ["a worker's URL", `new Worker(new URL("./a.ts", import.meta.url));`],
] as const)("finds an import: %s", ([, text]) => {
  expect(specifiers(text)).toEqual(["./a.ts"]);
});

test.for([
  ["comments", `// import "./a.ts"\n/* import("./a.ts") */`],
  ["strings", `const a = 'import "./a.ts"';`],
  ["templates", "const a = `export * from './a.ts'`;"],
  ["local exports", `const a = 1; export { a };`],
  ["methods of other things", `loader.require("./a.ts"); loader.import("./a.ts");`],
] as const)("takes nothing else for one: %s", ([, text]) => {
  expect(specifiers(text)).toEqual([]);
});

test("keeps the order of the source and tells the line", () => {
  const text = `import "./a.ts";\n\nvoid import("./b.ts");\nnew URL("./c.ts", import.meta.url);\nexport * from "./d.ts";`;
  expect(findImports({ path: "module.ts", text })).toEqual([
    { specifier: "./a.ts", line: 1 },
    { specifier: "./b.ts", line: 3 },
    { specifier: "./c.ts", line: 4 },
    { specifier: "./d.ts", line: 5 },
  ]);
});

test("reports a computed name as one", () => {
  expect(specifiers("void import(name); void import(`./${name}.ts`);")).toEqual([undefined, undefined]);
});

test("refuses a source that it cannot read", () => {
  expect(() => specifiers("import {")).toThrow("module.ts cannot be parsed");
});
