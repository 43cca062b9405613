/**
 * Trains on JPEGs that are decoded beside the training, and times what that is made of: the decoder alone and the model alone.
 *
 *     node bench/images/training.ts                                  2,000 images of 256×256, brought to 64×64
 *     node bench/images/training.ts --images 20000 --rounds 2
 *
 * All take turns in one process. Both use all processors, so that the least that a training can take is the sum of both times; what it takes beyond
 * that is what reading costs it. Nothing is kept decoded.
 */
import { cpus } from "node:os";
import { models, readSamples, type StreamedDataset } from "@sandglass/core";
import { median } from "../statistics.ts";
import { SIDE } from "./make-photos.ts";
import { peakMegabytes, photoOptions, withPhotos, writeResult, type Photos } from "./photo-bench.ts";

const options = photoOptions({ images: 2000, size: 64, batch: 128, rounds: 5 }, { name: "training" });
const { images: count, size, batch: batchSize, rounds, name } = options;
await withPhotos(options, run);

interface Timing {
  readonly seconds: number;
  /** Of all processors, the share that was used. */
  readonly load: number;
}

async function run({ data }: Photos): Promise<void> {
  // As many steps on few samples: what is in memory would count in the peak.
  const held = await readSamples(data, Math.min(count, 8 * batchSize));
  const model = models.conv({ filters: [16, 32, 32], code: 64, seed: 0 });
  const fit = (on: typeof data | typeof held, epochs: number): Promise<unknown> =>
    model.fit(on, { epochs, batchSize, seed: 0 });
  const contestants = {
    decoder: () => readAll(data),
    model: () => fit(held, Math.round(count / held.count)),
    training: () => fit(data, 1),
  };
  await fit(held, 1);
  const timings: Record<string, Timing[]> = { decoder: [], model: [], training: [] };
  for (let round = 0; round < rounds; round++) {
    for (const [contestant, work] of Object.entries(contestants)) timings[contestant]?.push(await time(work));
    process.stderr.write(`round ${round + 1} of ${rounds}\n`);
  }
  await model.dispose();

  const figures = summarize(timings);
  await writeResult("training.ts", name, {
    images: { count, pixels: [SIDE, SIDE], size, batchSize },
    ...figures,
    rounds: timings,
  });
  process.stdout.write(`${JSON.stringify(figures)}\n`);
}

/** As a training reads: batch after batch, three of them under way. */
async function readAll(data: StreamedDataset): Promise<void> {
  const due: Promise<unknown>[] = [];
  for (let from = 0; from < count; from += batchSize) {
    const numbers = Uint32Array.from({ length: Math.min(batchSize, count - from) }, (_, index) => from + index);
    due.push(data.read(numbers));
    if (due.length === 3) await due.shift();
  }
  await Promise.all(due);
}

/** Medians over rounds; the time of the training by the sum of both others within a round. */
function summarize(timings: Readonly<Record<string, readonly Timing[]>>): object {
  const of = (contestant: string): readonly Timing[] => timings[contestant] ?? [];
  const perSecond = (contestant: string): number =>
    Math.round(count / median(of(contestant).map(({ seconds }) => seconds)));
  const loadOf = (contestant: string): number => Number(median(of(contestant).map(({ load }) => load)).toFixed(2));
  const sums = of("training").map(
    ({ seconds }, round) => seconds / ((of("decoder")[round]?.seconds ?? 0) + (of("model")[round]?.seconds ?? 0)),
  );
  return {
    imagesPerSecond: { decoder: perSecond("decoder"), model: perSecond("model"), training: perSecond("training") },
    shareOfProcessors: { decoder: loadOf("decoder"), model: loadOf("model"), training: loadOf("training") },
    timeOverSumOfBoth: Number(median(sums).toFixed(3)),
    peakMemoryMegabytes: peakMegabytes(),
  };
}

async function time(run: () => Promise<unknown>): Promise<Timing> {
  const before = process.cpuUsage();
  const started = performance.now();
  await run();
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(before);
  return { seconds, load: (user + system) / 1e6 / seconds / cpus().length };
}
