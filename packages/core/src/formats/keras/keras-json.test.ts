import { expect, test } from "vitest";
import { kerasJson } from "./keras-json.ts";

test("whole numbers are floating-point numbers for Python where Keras insists on it", () => {
  const config = { momentum: 0, inner: { momentum: 1 }, name: '"momentum":0,', other: 0 };
  const text = kerasJson(config);
  expect(text).toBe(String.raw`{"momentum":0.0,"inner":{"momentum":1.0},"name":"\"momentum\":0,","other":0}`);
  expect(JSON.parse(text)).toEqual(config);
  expect(kerasJson({ momentum: 0.9 })).toBe('{"momentum":0.9}');
  expect(kerasJson({ beta: 2, threshold: 1, beta_1: 1 })).toBe('{"beta":2.0,"threshold":1.0,"beta_1":1}');
  expect(kerasJson({ learning_rate: 1, decay_steps: 3, initial_learning_rate: 2 })).toBe(
    '{"learning_rate":1.0,"decay_steps":3,"initial_learning_rate":2.0}',
  );
  const pieces = { boundaries: [1, 20], values: [1, 0.5, 1e-7, 0] };
  expect(kerasJson(pieces)).toBe('{"boundaries":[1,20],"values":[1.0,0.5,1e-7,0.0]}');
});
