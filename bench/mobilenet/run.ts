/**
 * MobileNetV2 beside native libraries, in interleaved rounds: the forward pass beside ONNX Runtime, which gets the model that we export,
 * and a training step of a dense head on the frozen base beside Keras.
 *
 *     node bench/mobilenet/run.ts                              alpha 1 and 0.35, batch 16, two threads, 11 rounds: two minutes
 *     node bench/mobilenet/run.ts --alphas 1 --rounds 5
 *
 * Needs `npm run bench:setup`. Weights are random, which costs no other time than trained ones.
 */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { applications, Device, exportOnnx, input, layers, model, setDefaultDevice, type Model } from "@sandglass/core";
import { interpreterOf } from "../interpreters.ts";
import { describeMachine } from "../machine.ts";
import { startProcess } from "../peer-process.ts";
import { median, medianRatio } from "../statistics.ts";

const SIZE = 224;
/** Steps of each in a round, of which the fastest counts. */
const STEPS = 3;
const TIMEOUT_SECONDS = 120;

const { values: given } = parseArgs({
  options: {
    alphas: { type: "string", default: "1,0.35" },
    batch: { type: "string", default: "16" },
    threads: { type: "string", default: "2" },
    rounds: { type: "string", default: "11" },
    name: { type: "string", default: "mobilenet-v2" },
  },
});
const [batch, threads, rounds] = [given.batch, given.threads, given.rounds].map(Number) as [number, number, number];
const images = Float32Array.from({ length: batch * SIZE * SIZE * 3 }, (_, index) => ((index * 7919) % 256) / 127.5 - 1);
const labels = Float32Array.from({ length: batch }, (_, index) => index % 2);
const folder = await mkdtemp(join(tmpdir(), "sandglass-bench-"));
const device = await Device.create({ threads });
setDefaultDevice(device);
try {
  const cases = [];
  for (const alpha of given.alphas.split(",").map(Number)) {
    const network = applications.mobileNetV2({ alpha });
    const path = join(folder, `${alpha}.onnx`);
    await writeFile(path, exportOnnx(network));
    cases.push(await compare("forward", alpha, path, () => network.predict(images, { batchSize: batch })));
    await network.dispose();
    const classifier = headOn(alpha);
    cases.push(await compare("head", alpha, String(alpha), () => classifier.trainOnBatch(images, labels)));
    await classifier.dispose();
  }
  const result = {
    name: given.name,
    date: new Date().toISOString(),
    command: `node bench/mobilenet/run.ts ${process.argv.slice(2).join(" ")}`.trim(),
    machine: describeMachine(),
    threads,
    batch,
    cases,
  };
  const results = fileURLToPath(new URL("../results/mobilenet", import.meta.url));
  await mkdir(results, { recursive: true });
  await writeFile(join(results, `${given.name}.json`), `${JSON.stringify(result, undefined, 2)}\n`);
} finally {
  device.dispose();
  await rm(folder, { recursive: true, force: true });
}

function headOn(alpha: number): Model {
  const base = applications.mobileNetV2({ alpha, includeTop: false, pooling: "avg" });
  base.trainable = false;
  const image = input([SIZE, SIZE, 3]);
  const classifier = model(image, layers.dense(2, { activation: "softmax" })(base(image)));
  classifier.compile({ optimizer: "adam", loss: "sparseCategoricalCrossentropy" });
  return classifier;
}

async function compare(kind: "forward" | "head", alpha: number, argument: string, step: () => Promise<unknown>) {
  const script = fileURLToPath(new URL("peer.py", import.meta.url));
  const peer = startProcess(interpreterOf(script), [script, kind, argument]);
  try {
    const { versions } = await peer.setup({ workload: "mobilenet-v2", batch, threads, mode: "infer" });
    const ours: number[] = [];
    const theirs: number[] = [];
    const turns = [
      async () => void ours.push(await fastest(async () => timed(step))),
      async () => void theirs.push(await fastest(async () => (await peer.run(1, TIMEOUT_SECONDS)).seconds)),
    ];
    await step();
    await peer.run(1, TIMEOUT_SECONDS);
    for (let round = 0; round < rounds; round++) {
      for (const turn of round % 2 === 0 ? turns : turns.toReversed()) {
        // The threads of the one before fall asleep.
        await wait(100);
        await turn();
      }
    }
    const perImage = (seconds: readonly number[]): number => Number(((1000 * median(seconds)) / batch).toFixed(3));
    const figures = {
      kind,
      alpha,
      millisecondsPerImage: perImage(ours),
      peerMillisecondsPerImage: perImage(theirs),
      ratio: Number(medianRatio(ours, theirs).toFixed(3)),
      versions,
    };
    process.stdout.write(`${JSON.stringify(figures)}\n`);
    return { ...figures, rounds: { ours, theirs } };
  } finally {
    await peer.quit();
  }
}

async function fastest(seconds: () => Promise<number>): Promise<number> {
  let best = Infinity;
  for (let step = 0; step < STEPS; step++) best = Math.min(best, await seconds());
  return best;
}

async function timed(step: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await step();
  return (performance.now() - start) / 1000;
}
