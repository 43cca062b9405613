import { expect, test } from "vitest";
import { kerasJson } from "./keras-json.ts";

test("a whole momentum is a floating-point number for Python", () => {
  const config = { momentum: 0, inner: { momentum: 1 }, name: '"momentum":0,', other: 0 };
  const text = kerasJson(config);
  expect(text).toBe(String.raw`{"momentum":0.0,"inner":{"momentum":1.0},"name":"\"momentum\":0,","other":0}`);
  expect(JSON.parse(text)).toEqual(config);
  expect(kerasJson({ momentum: 0.9 })).toBe('{"momentum":0.9}');
});
