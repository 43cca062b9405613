/** A training that is killed again and again ends with the bits of one that was never killed. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { RandomStream } from "../index.ts";

const SCRIPT = fileURLToPath(new URL("testing/killed-training.ts", import.meta.url));
const NUM_KILLS = 10;

interface Run {
  /** Steps begun. */
  readonly steps: number;
  /** Of everything that training has changed; undefined when the process was killed. */
  readonly hash: string | undefined;
}

/** @param kill after how many steps, and how many milliseconds more, the process is killed. */
async function train(folder: string, kill?: { readonly steps: number; readonly delay: number }): Promise<Run> {
  const training = spawn(process.execPath, [SCRIPT, folder], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(training, "close");
  let steps = 0;
  let hash: string | undefined;
  for await (const line of createInterface(training.stdout)) {
    if (line.startsWith("hash ")) hash = line.slice("hash ".length);
    else if (++steps === kill?.steps) void sleep(kill.delay).then(() => training.kill("SIGKILL"));
  }
  await ended;
  return { steps, hash };
}

test("ten kills in a row", async () => {
  const folder = await mkdtemp(join(tmpdir(), "sandglass-killed-"));
  try {
    const whole = await train(join(folder, "whole"));
    expect(whole.hash).toBeDefined();

    const random = new RandomStream(1);
    const backup = join(folder, "backup");
    const killed: Run[] = [];
    for (let i = 0; i < NUM_KILLS; i++) {
      // The delay puts the kill anywhere in a step, and so in the writing of the backup.
      killed.push(await train(backup, { steps: 2 + random.integer(14), delay: random.integer(12) }));
    }
    expect(killed.map(({ hash }) => hash)).toEqual(killed.map(() => undefined));
    const last = await train(backup);
    expect(last.hash).toBe(whole.hash);
    // Each run went on where the one before was: only steps whose backup was not yet written were taken twice.
    const all = [...killed, last].reduce((total, { steps }) => total + steps, 0);
    expect(all).toBeGreaterThanOrEqual(whole.steps);
    expect(all).toBeLessThanOrEqual(whole.steps + 2 * NUM_KILLS);
    expect(last.steps).toBeLessThan(whole.steps - 2 * NUM_KILLS);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
