// Ctrl-C while a trained model computes: the command ends at once, and leaves nothing behind that is half done.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test, vi } from "vitest";
import type { Context } from "./context.ts";
import { describeFailure } from "./failure.ts";
import { Interrupted } from "./interruption.ts";
import { Output } from "./output.ts";
import { runEvaluate } from "./run-evaluate.ts";
import { runJudge } from "./run-judge.ts";
import { runReconstruct } from "./run-reconstruct.ts";
import { runSample } from "./run-sample.ts";
import { runCli } from "./testing/run-cli.ts";
import { temporaryFolders } from "./testing/temporary-folder.ts";

const temporaryFolder = temporaryFolders();
let run = "";

beforeAll(async () => {
  const cwd = temporaryFolder();
  const vae = ["--model", "vae", "--architecture", "dense", "--units", "8", "--code", "2"];
  const words = ["train", "wardrobe", "--count", "40", "--epochs", "1", "--threads", "1", ...vae, "--out", "run"];
  const { code, stderr } = await runCli(words, { cwd });
  if (code !== 0) throw new Error(stderr);
  run = join(cwd, "run");
}, 60_000);

const out = join(temporaryFolder(), "out");
const pictures = { out, count: 20, zoom: 1 };

test.each<[string, (context: Context) => Promise<void>]>([
  ["evaluate", (context) => runEvaluate(context, run, "wardrobe", { split: "test", count: 20, batchSize: 128 })],
  ["reconstruct", (context) => runReconstruct(context, run, "wardrobe", { ...pictures, split: "test" })],
  ["sample", (context) => runSample(context, run, pictures)],
  ["judge", (context) => runJudge(context, run, "wardrobe", { count: 20 })],
])("%s", async (_, command) => {
  const output = new Output({ json: false, quiet: true });
  const result = vi.spyOn(output, "result").mockReturnValue();
  const context = { output, globals: { threads: 1 }, signal: AbortSignal.abort(new Interrupted()), commandLine: [] };
  const error: unknown = await command(context).catch((reason: unknown) => reason);
  expect(describeFailure(error)).toEqual({ kind: "interrupted", exitCode: 130, message: "interrupted" });
  expect(result).not.toHaveBeenCalled();
  expect(existsSync(out)).toBe(false);
});
