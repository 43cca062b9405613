import { describe, expect, test } from "vitest";
import { measureCase, type Effort } from "./measure.ts";
import type { PeerChoice, PeerSpec } from "./peers.ts";
import type { CaseResult } from "./results.ts";
import type { FakePeer } from "./testing/fake-peer.ts";

const EFFORT: Effort = {
  rounds: 2,
  roundSeconds: 0.02,
  warmUpSeconds: 0.01,
  slowRounds: 1,
  slowStepSeconds: 0.2,
  timeoutSeconds: 5,
};

function fake(label: string, options: FakePeer = {}, spec: Partial<PeerSpec> = {}): PeerChoice {
  const command = ["../testing/fake-peer.ts", JSON.stringify(options)] as const;
  return {
    label,
    threads: undefined,
    spec: { title: label, group: "native", command, modes: ["train", "infer"], threaded: true, ...spec },
  };
}

function measure(...choices: PeerChoice[]): Promise<CaseResult> {
  return measureCase({ workload: "dense-autoencoder", mode: "train", batch: 2, threads: 1 }, choices, EFFORT, () => {});
}

describe("measureCase", () => {
  test("times every peer in every round, as many steps as fill a round", async () => {
    const { peers, simdLimit, flopsPerStep, absent } = await measure(
      fake("quick"),
      fake("lame", { stepMilliseconds: 10 }),
    );
    expect(absent).toEqual([]);
    expect(flopsPerStep).toBe(2 * 2 * 563_200);
    expect(simdLimit.rounds).toHaveLength(2);
    expect(peers.map(({ label, rounds }) => [label, rounds.length])).toEqual([
      ["quick", 2],
      ["lame", 2],
    ]);
    const [quick, lame] = peers;
    expect(quick?.stepsPerRound).toBeGreaterThan(lame?.stepsPerRound ?? Number.POSITIVE_INFINITY);
    expect(Math.min(...(lame?.rounds ?? []))).toBeGreaterThanOrEqual(0.009);
    expect(quick).toMatchObject({ versions: { fake: "1.2.3" }, parameters: 10, value: 0.5, threads: 1 });
  });

  test("a slow peer gets few rounds of one step", async () => {
    const { peers } = await measure(fake("slow", { stepMilliseconds: 250 }));
    expect(peers).toMatchObject([{ stepsPerRound: 1, rounds: [expect.any(Number)] }]);
  });

  test("a peer that cannot is absent with its reason, and the others go on", async () => {
    const { peers, absent } = await measure(fake("fine"), fake("broken", { failure: "no kernel for it" }));
    expect(peers.map(({ label }) => label)).toEqual(["fine"]);
    expect(absent).toMatchObject([{ label: "broken", reason: "no kernel for it" }]);
  });

  test("a peer whose loss is no number any more has no speed", async () => {
    const { peers, absent } = await measure(fake("fine"), fake("wild", { divergesAfter: 0 }));
    expect(peers.map(({ label }) => label)).toEqual(["fine"]);
    expect(absent).toMatchObject([{ label: "wild", reason: "computed no finite number, so its speed says nothing" }]);
  });

  test("peers of another mode are not asked", async () => {
    const { peers, absent } = await measure(fake("fine"), fake("other", {}, { modes: ["infer"] }));
    expect(peers.map(({ label }) => label)).toEqual(["fine"]);
    expect(absent).toEqual([]);
  });

  test("peers with different models are not compared", async () => {
    await expect(measure(fake("one", { parameters: 10 }), fake("two", { parameters: 11 }))).rejects.toThrow(
      "the peers do not run the same model; trainable parameters are one: 10, two: 11",
    );
  });
});
