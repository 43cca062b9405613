import { expect, test } from "vitest";
import { findUrlLiterals } from "./url-literals.ts";

const values = (source: string): string[] => findUrlLiterals("page.ts", source).map(({ value }) => value);

test("finds the URL of a worker wherever it stands, with its place", () => {
  const source = `const worker: Worker = new Worker(new URL("./sum.ts", import.meta.url), { type: "module" });`;
  const [literal] = findUrlLiterals("page.ts", source);
  expect(literal?.value).toBe("./sum.ts");
  expect(source.slice(literal?.start, literal?.end)).toBe(`"./sum.ts"`);
});

test("finds several in the order of the source", () => {
  expect(
    values(`
      function start(a = new URL('./a.ts', import.meta.url)) {
        return [a, new URL("./b.ts", import.meta.url)];
      }`),
  ).toEqual(["./a.ts", "./b.ts"]);
});

test("passes over comments, strings, other bases and computed names", () => {
  expect(
    values(`
      // new URL("./comment.ts", import.meta.url)
      const text = 'new URL("./text.ts", import.meta.url)';
      new URL("./page.ts", location.href);
      new URL(name, import.meta.url);
      new Other("./other.ts", import.meta.url);`),
  ).toEqual([]);
});
