import { describe, expect, test } from "vitest";
import { gradients } from "../../autodiff/gradient.ts";
import { inputNode, parameterNode } from "../../ops/leaf.ts";
import { mul } from "../../ops/elementwise.ts";
import { sumSamples } from "../../ops/reduce.ts";
import { expectClose } from "../../ops/testing/check-kernel.ts";
import { interpret } from "../../ops/testing/interpret.ts";
import { klSparsity, l1Sparsity, sparsityPenalties } from "./sparsity.ts";

const code = inputNode("code", [3]);
const share = inputNode("share", []);
const codes = [Float64Array.of(0.2, 0.9, 0.5), Float64Array.of(0.4, 0.1, 0.5), Float64Array.of(0.9, 0.9, 0.9)];
/** The third lane holds no sample. */
const shares = [Float64Array.of(0.5), Float64Array.of(0.5), Float64Array.of(0)];

/** Σ KL(0.1 ‖ ρ̂) for the means 0.3, 0.5 and 0.5 of the two samples. */
const DIVERGENCE = [0.3, 0.5, 0.5].reduce(
  (sum, mean) => sum + 0.1 * Math.log(0.1 / mean) + 0.9 * Math.log(0.9 / (1 - mean)),
  0,
);

describe("L1", () => {
  test("adds up absolute activities, for each sample", () => {
    const signed = [Float64Array.of(-1, 2, 0), Float64Array.of(0, 0, 0)];
    const [sums] = interpret([l1Sparsity(code)], new Map([[code, signed]]), { batch: 2 });
    expect(sums).toEqual([Float64Array.of(3), Float64Array.of(0)]);
  });
});

describe("the divergence from a target activity", () => {
  test("compares the means over the batch's samples, and no other lanes", () => {
    const feeds = new Map([
      [code, codes],
      [share, shares],
    ]);
    const [value] = interpret([klSparsity(code, 0.1, share)], feeds, { batch: 3 });
    expectClose(value!, Float64Array.of(DIVERGENCE), 1e-14);
  });

  test("is 0 where each unit has its target, and finite where units are dead or never rest", () => {
    const feeds = (activity: number): Map<typeof code, Float64Array[]> =>
      new Map([
        [code, [new Float64Array(3).fill(activity)]],
        [share, [Float64Array.of(1)]],
      ]);
    const at = (activity: number): number =>
      (interpret([klSparsity(code, 0.1, share)], feeds(activity), { batch: 1 })[0] as Float64Array)[0]!;
    expect(at(0.1)).toBeCloseTo(0, 14);
    expect(at(0)).toBeCloseTo(3 * (0.1 * Math.log(0.1 / 1e-7) + 0.9 * Math.log(0.9)), 5);
    expect(at(1)).toBeGreaterThan(40);
    expect(Number.isFinite(at(1))).toBe(true);
  });

  test("has the slope (1 − ρ) / (1 − ρ̂) − ρ / ρ̂ for each unit's mean (Ng 2011)", () => {
    const w = parameterNode("w", [3]);
    const scaled = mul(code, w);
    const [slope] = gradients(klSparsity(scaled, 0.1, share), [w]);
    const feeds = new Map<typeof code, Float64Array | Float64Array[]>([
      [code, codes],
      [share, shares],
      [w, Float64Array.of(1, 1, 1)],
    ]);
    // At w = 1 the mean's slope for w is the mean itself.
    const expected = [0.3, 0.5, 0.5].map((mean) => mean * (0.9 / (1 - mean) - 0.1 / mean));
    expectClose(interpret([slope!], feeds, { batch: 3 })[0]!, Float64Array.from(expected), 1e-13);
  });
});

test("penalties have their weight, and none is none", () => {
  const settings = { penaltyWeight: 0.5, targetActivity: 0.1 };
  const valueOf = (penalty: "l1" | "kl"): number => {
    const { sparsity } = sparsityPenalties(code, share, { ...settings, penalty });
    expect(sparsity!.weight).toBe(0.5);
    const { value } = sparsity!;
    const ofBatch = value.type.scope === "shared" ? value : sumSamples(mul(value, share));
    const feeds = new Map([
      [code, codes],
      [share, shares],
    ]);
    return (interpret([ofBatch], feeds, { batch: 3 })[0] as Float64Array)[0]!;
  };
  expect(valueOf("l1")).toBeCloseTo((1.6 + 1) * 0.5, 14);
  expect(valueOf("kl")).toBeCloseTo(DIVERGENCE, 14);
  expect(sparsityPenalties(code, share, { ...settings, penalty: "none" })).toEqual({});
});
