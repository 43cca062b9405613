import { expect, test } from "vitest";
import { codeInformation } from "./code-information.ts";

test("what is the same for all samples is an offset, and what is not is held", () => {
  // Three numbers: the prior itself; shifted by 2 and as wide; two places, 3 apart, with a variance of 1/4.
  const mean = Float32Array.from([0, 2, -1.5, 0, 2, 1.5]);
  const quarter = Math.log(0.25);
  const { held, offset } = codeInformation(mean, Float32Array.from([0, 0, quarter, 0, 0, quarter]), 3);
  const variance = 1.5 ** 2 + 0.25;
  const expected = {
    held: [0, 0, Math.log(variance / 0.25) / 2],
    offset: [0, 2, (variance - 1 - Math.log(variance)) / 2],
  };
  for (const place of [0, 1, 2]) {
    expect(held[place]).toBeCloseTo(expected.held[place]!, 6);
    expect(offset[place]).toBeCloseTo(expected.offset[place]!, 6);
  }
});

test("both together are the mean divergence, and neither is negative", () => {
  const [size, count] = [4, 50];
  const mean = Float32Array.from({ length: size * count }, (_, index) => 2 * Math.sin(index * 1.7) + 0.3);
  const logVariance = mean.map((_, index) => Math.cos(index * 0.9) - 1);
  const { held, offset } = codeInformation(mean, logVariance, size);
  for (let place = 0; place < size; place++) {
    let divergence = 0;
    for (let index = place; index < mean.length; index += size) {
      divergence += (mean[index]! ** 2 + Math.exp(logVariance[index]!) - 1 - logVariance[index]!) / 2 / count;
    }
    expect(held[place]! + offset[place]!).toBeCloseTo(divergence, 6);
    expect(Math.min(held[place]!, offset[place]!)).toBeGreaterThanOrEqual(0);
  }
});
