import { expect, test } from "vitest";
import { startSimdProbe } from "./probe.ts";

test("measures a throughput that a processor can have, and releases its thread", async () => {
  const probe = await startSimdProbe(1);
  const gigaflops = await probe.measure();
  await probe.dispose();
  // From a slow phone to twice the fastest clock with four 128-bit units.
  expect(gigaflops).toBeGreaterThan(1);
  expect(gigaflops).toBeLessThan(400);
});
