import { expect, test } from "vitest";
import { autoencoderOf, modesOf, workloadByName, workloadName, workloads } from "./workloads.ts";

test("workloads are found by letter and by name, and no two share a letter", () => {
  expect(["d", "dcgan"].map(workloadName)).toEqual(["dense-vae", "dcgan"]);
  const letters = Object.values(workloads).map(({ letter }) => letter);
  expect(new Set(letters).size).toBe(letters.length);
});

test("autoencoders are timed in both modes, the other families while they train", () => {
  expect(modesOf(workloadByName("conv-autoencoder"))).toEqual(["train", "infer"]);
  expect(modesOf(workloadByName("dense-vae"))).toEqual(["train"]);
  expect(modesOf(workloadByName("dcgan"))).toEqual(["train"]);
});

test("a peer for autoencoders refuses other families by name", () => {
  const workload = workloadByName("dense-autoencoder");
  expect(autoencoderOf(workload)).toBe(workload);
  expect(() => autoencoderOf(workloadByName("dcgan"))).toThrow(
    "this peer is written for autoencoders only, not for a gan",
  );
});
