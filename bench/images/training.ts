/**
 * Trains on JPEGs that are decoded beside the training, and times what that is made of: the decoder alone and the model alone.
 *
 *     node bench/images/training.ts                                  2,000 images of 256×256, brought to 64×64
 *     node bench/images/training.ts --images 20000 --rounds 2
 *
 * All take turns in one process. Both use all processors, so that the least that a training can take is the sum of both times; what it takes beyond
 * that is what reading costs it. Nothing is kept decoded.
 */
import { mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { isStreamed, models, readSamples } from "@sandglass/core";
import { openImages } from "sandglass";
import { describeMachine } from "../machine.ts";
import { median } from "../statistics.ts";
import { makePhotos } from "./make-photos.ts";

const { values: given } = parseArgs({
  options: {
    images: { type: "string", default: "2000" },
    size: { type: "string", default: "64" },
    batch: { type: "string", default: "128" },
    rounds: { type: "string", default: "5" },
    name: { type: "string", default: "training" },
  },
});
const [count, size, batchSize, rounds] = [given.images, given.size, given.batch, given.rounds].map(Number) as [
  number,
  number,
  number,
  number,
];

interface Timing {
  readonly seconds: number;
  /** Of all processors, the share that was used. */
  readonly load: number;
}

const folder = await mkdtemp(join(tmpdir(), "sandglass-bench-"));
try {
  process.stderr.write(`making ${count} images\n`);
  const paths = await makePhotos(folder, count);
  const entries = await Promise.all(
    paths.map(async (path) => ({
      name: path,
      location: { kind: "file", path } as const,
      bytes: (await stat(path)).size,
    })),
  );
  const plan = { height: size, width: size, channels: 3, fit: "cover", depth: 8 } as const;
  const opened = await openImages(entries, plan, { cacheBytes: 0 });
  const { data } = opened;
  if (!isStreamed(data)) throw new Error("the images were to be streamed");
  // As many steps on few samples: what is in memory would count in the peak.
  const held = await readSamples(data, Math.min(count, 8 * batchSize));
  const model = models.conv({ filters: [16, 32, 32], code: 64, seed: 0 });
  const fit = (on: typeof data | typeof held, epochs: number): Promise<unknown> =>
    model.fit(on, { epochs, batchSize, seed: 0 });
  const contestants = {
    decoder: () => readAll(),
    model: () => fit(held, Math.round(count / held.count)),
    training: () => fit(data, 1),
  };
  await fit(held, 1);
  const timings: Record<string, Timing[]> = { decoder: [], model: [], training: [] };
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(contestants)) timings[name]?.push(await time(run));
    process.stderr.write(`round ${round + 1} of ${rounds}\n`);
  }
  await model.dispose();
  await opened.close();

  const perSecond = (name: string): number =>
    Math.round(count / median((timings[name] ?? []).map(({ seconds }) => seconds)));
  const loadOf = (name: string): number => Number(median((timings[name] ?? []).map(({ load }) => load)).toFixed(2));
  const sums = (timings["training"] ?? []).map(
    ({ seconds }, round) =>
      seconds / ((timings["decoder"]?.[round]?.seconds ?? 0) + (timings["model"]?.[round]?.seconds ?? 0)),
  );
  const figures = {
    imagesPerSecond: { decoder: perSecond("decoder"), model: perSecond("model"), training: perSecond("training") },
    shareOfProcessors: { decoder: loadOf("decoder"), model: loadOf("model"), training: loadOf("training") },
    timeOverSumOfBoth: Number(median(sums).toFixed(3)),
    peakMemoryMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  };
  const result = {
    name: given.name,
    date: new Date().toISOString(),
    command: `node bench/images/training.ts ${process.argv.slice(2).join(" ")}`.trim(),
    machine: describeMachine(),
    images: { count, pixels: [256, 256], size, batchSize },
    ...figures,
    rounds: timings,
  };
  const results = fileURLToPath(new URL("../results/images", import.meta.url));
  await mkdir(results, { recursive: true });
  await writeFile(join(results, `${given.name}.json`), `${JSON.stringify(result, undefined, 2)}\n`);
  process.stdout.write(`${JSON.stringify(figures)}\n`);

  /** As a training reads: batch after batch, three of them under way. */
  async function readAll(): Promise<void> {
    const due: Promise<unknown>[] = [];
    for (let from = 0; from < count; from += batchSize) {
      const numbers = Uint32Array.from({ length: Math.min(batchSize, count - from) }, (_, index) => from + index);
      due.push((data as { read(numbers: Uint32Array): Promise<unknown> }).read(numbers));
      if (due.length === 3) await due.shift();
    }
    await Promise.all(due);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function time(run: () => Promise<unknown>): Promise<Timing> {
  const before = process.cpuUsage();
  const started = performance.now();
  await run();
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(before);
  return { seconds, load: (user + system) / 1e6 / seconds / cpus().length };
}
