import { expect, it } from "vitest";
import { direction, length } from "./trigonometry.ts";

it("direction follows cosine and sine to within 4e-6, over several turns", () => {
  for (let turns = -2.5; turns < 2.5; turns += 0.0137) {
    const { cos, sin } = direction(turns);
    expect(Math.abs(cos - Math.cos(2 * Math.PI * turns)), `cosine of ${turns} turns`).toBeLessThan(4e-6);
    expect(Math.abs(sin - Math.sin(2 * Math.PI * turns)), `sine of ${turns} turns`).toBeLessThan(4e-6);
  }
});

it("length is the square root to within 1e-13 of it", () => {
  expect(length(0, 0)).toBe(0);
  for (let step = 0; step <= 100; step++) {
    for (const scale of [1e-6, 1, 1e6]) {
      const [x, y] = [scale * (1 - step / 50), (scale * step) / 70];
      const expected = Math.hypot(x, y);
      expect(Math.abs(length(x, y) - expected)).toBeLessThanOrEqual(1e-13 * expected);
    }
  }
});
