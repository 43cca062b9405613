/** The encoder that learns without labels: an autoencoder, trained by the command that anybody can type. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runSandglass } from "../sandglass-command.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Denoising autoencoders as Vincent et al. used them before a training with labels (Stacked denoising autoencoders, JMLR 11, 2010). Chosen by what
 * classifiers made of it on held-back training images.
 */
const TRAIN = [
  ["train", "fashion-mnist", "--model", "denoising", "--architecture", "dense", "--units", "512,256", "--code", "128"],
  ["--noise", "dropout", "--noise-level", "0.5", "--epochs", "10"],
].flat();

export interface TrainedEncoder {
  /** Of the run. */
  readonly folder: string;
  readonly command: string;
}

/**
 * Trains the autoencoder, goes on with its run if it was interrupted, or takes the finished one.
 *
 * @param heldBack whether to leave the last 10,000 images out.
 * @param again whether to train it anew.
 */
export async function trainEncoder({
  heldBack,
  again,
}: {
  readonly heldBack: boolean;
  readonly again: boolean;
}): Promise<TrainedEncoder> {
  const folder = join(root, "runs", heldBack ? "few-labels-held-back" : "few-labels");
  const words = [...TRAIN, "--validation", heldBack ? "10000" : "0"];
  const command = `sandglass ${words.join(" ")}`;
  const state = again ? undefined : await stateOf(folder);
  if (state === undefined) await runSandglass([...words, "--out", folder, "--force"]);
  else if (state !== "finished") await runSandglass(["resume", folder]);
  return { folder, command };
}

async function stateOf(folder: string): Promise<unknown> {
  const path = join(folder, "run.json");
  if (!existsSync(path)) return undefined;
  return (JSON.parse(await readFile(path, "utf8")) as { readonly state?: unknown }).state;
}
