import { expect, test } from "vitest";
import type { CaseResult, PeerResult } from "./results.ts";
import { renderCase } from "./table.ts";

function peer(
  label: string,
  group: PeerResult["group"],
  rounds: number[],
  idleLoads: number[] = [0, 0, 0],
): PeerResult {
  return {
    label,
    title: label.toUpperCase(),
    group,
    threads: 2,
    versions: {},
    parameters: 1,
    stepsPerRound: 1,
    rounds,
    idleLoads,
    value: 0.5,
  };
}

const RESULT: CaseResult = {
  workload: "dense-autoencoder",
  letter: "b",
  title: "dense",
  mode: "train",
  batch: 128,
  threads: 2,
  flopsPerStep: 144_000_000,
  simdLimit: { multiplyAdd: "relaxed", rounds: [100, 100, 100] },
  peers: [
    peer("torch", "native", [0.004, 0.004, 0.012]),
    peer("sandglass", "sandglass", [0.002, 0.002, 0.004]),
    peer("tfjs", "javascript", [0.3], [0.5]),
  ],
  absent: [{ label: "jax-js", title: "JAX-JS", group: "javascript", reason: "no kernel" }],
};

test("a case is a Markdown table, fastest peer first, with what it comes to below", () => {
  expect(renderCase(RESULT)).toMatchInlineSnapshot(`
    "(b) dense: training step, batch 128, 2 threads, 144.0 MFLOP a step; 128-bit SIMD limit 100.0 GFLOP/s

    | peer      | threads | median ms | min ms | GFLOP/s | of the SIMD limit | time over Sandglass |
    | --------- | ------: | --------: | -----: | ------: | ----------------: | ------------------: |
    | SANDGLASS |       2 |      2.00 |   2.00 |    72.0 |              72 % |               1.00× |
    | TORCH     |       2 |      4.00 |   4.00 |    36.0 |              36 % |               2.00× |
    | TFJS      |       2 |       300 |    300 |     0.5 |               0 % |                150× |

    - The fastest native peer, TORCH, takes 2.00× the time of Sandglass.
    - The fastest JavaScript peer, TFJS, takes 150× the time of Sandglass.
    - JAX-JS: not measured: no kernel
    - TFJS used 0.50 processors while others were timed."
  `);
});

test("a case that no peer could run has no table", () => {
  const rendered = renderCase({ ...RESULT, peers: [] });
  expect(rendered.split("\n\n").slice(1)).toEqual(["- JAX-JS: not measured: no kernel"]);
});

test("without Sandglass there is nothing to compare with", () => {
  const rendered = renderCase({ ...RESULT, peers: [peer("torch", "native", [0.004])], absent: [] });
  expect(rendered).toContain(
    "| TORCH |       2 |      4.00 |   4.00 |    36.0 |              36 % |                   – |",
  );
  expect(rendered).not.toContain("the time of Sandglass");
});
