/**
 * Decodes and resizes JPEGs as a training reads them, through `openImages`, and in a plain loop over sharp: batches in order, several under way.
 *
 *     node bench/images/run.ts                                 300 images, 15 rounds
 *     node bench/images/run.ts --images 20000 --rounds 5       larger than any cache of files
 *
 * Both run in one process, so libuv's threads are the same for both, and take turns. Without steps, the calling thread only waits for batches, which shows
 * the decoder's speed; with steps of some milliseconds, it computes between batches as a training does. What the thread is kept from computing is its own
 * processor time, less that of the steps.
 */
import sharp from "sharp";
import { median, medianRatio } from "../statistics.ts";
import { SIDE } from "./make-photos.ts";
import { peakMegabytes, photoOptions, withPhotos, writeResult, type Photos } from "./photo-bench.ts";
import { runEpoch, type Epoch, type ReadBatch } from "./run-epoch.ts";

const options = photoOptions({ images: 300, size: 64, batch: 32, rounds: 15 }, { steps: "0,5", name: "decoding" });
const { images: count, size, batch, rounds, name } = options;
await withPhotos(options, run);

async function run({ paths, meanBytes, data }: Photos): Promise<void> {
  const contestants: Readonly<Record<string, ReadBatch>> = {
    sandglass: (numbers) => data.read(numbers),
    sharp: plainLoop(paths, size),
  };
  await checkAlike(contestants);

  const cases = [];
  for (const stepMs of options.steps.split(",").map(Number)) {
    const epochs: Record<string, Epoch[]> = { sandglass: [], sharp: [] };
    for (let round = 0; round < rounds; round++) {
      // Who goes first changes, because the first of two finds the machine in another state than the second.
      const turns = Object.entries(contestants);
      for (const [contestant, read] of round % 2 === 0 ? turns : turns.toReversed()) {
        epochs[contestant]?.push(await runEpoch(read, count, batch, stepMs));
      }
      process.stderr.write(`steps of ${stepMs} ms: round ${round + 1} of ${rounds}\n`);
    }
    cases.push({ stepMs, ...summarize(epochs["sandglass"] ?? [], epochs["sharp"] ?? []), rounds: epochs });
  }
  await writeResult("run.ts", name, {
    versions: { sharp: sharp.versions.sharp, vips: sharp.versions.vips },
    libuvThreads: Number(process.env["UV_THREADPOOL_SIZE"] ?? 4),
    images: { count, pixels: [SIDE, SIDE], meanBytes },
    size,
    batch,
    peakMemoryMegabytes: peakMegabytes(),
    cases,
  });
  for (const { rounds: _, ...figures } of cases) process.stdout.write(`${JSON.stringify(figures)}\n`);
}

/** The plain loop: all images of a batch at once, each given to sharp by its path. */
function plainLoop(paths: readonly string[], side: number): ReadBatch {
  const room = side * side * 3;
  return async (numbers) => {
    const values = new Uint8Array(numbers.length * room);
    const decode = async (number: number, position: number): Promise<void> => {
      values.set(await sharp(paths[number]).resize(side, side).raw().toBuffer(), position * room);
    };
    await Promise.all(Array.from(numbers, decode));
    return values;
  };
}

/** Whoever is faster must not be so by doing something else. Warms both up, too. */
async function checkAlike(contestants: Readonly<Record<string, ReadBatch>>): Promise<void> {
  const numbers = Uint32Array.from({ length: Math.min(batch, count) }, (_, number) => number);
  const [one, other] = await Promise.all(Object.values(contestants).map((read) => read(numbers)));
  if (one === undefined || other === undefined || !one.every((value, at) => value === other[at])) {
    throw new Error("the two did not decode the same images to the same values");
  }
}

/** Medians over rounds. The ratio is that of times within a round: 1.1 is a tenth slower than the plain loop. */
function summarize(ours: readonly Epoch[], plain: readonly Epoch[]): Readonly<Record<string, number>> {
  const seconds = (epochs: readonly Epoch[]): number[] => epochs.map((epoch) => epoch.seconds);
  const perImage = (epochs: readonly Epoch[], of: "threadSeconds" | "processSeconds"): number =>
    round((median(epochs.map((epoch) => epoch[of])) / count) * 1e6, 1);
  return {
    imagesPerSecond: round(count / median(seconds(ours)), 0),
    imagesPerSecondPlain: round(count / median(seconds(plain)), 0),
    timeRatio: round(medianRatio(seconds(ours), seconds(plain)), 3),
    callingThreadMicroseconds: perImage(ours, "threadSeconds"),
    callingThreadMicrosecondsPlain: perImage(plain, "threadSeconds"),
    processorMicroseconds: perImage(ours, "processSeconds"),
    processorMicrosecondsPlain: perImage(plain, "processSeconds"),
  };
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
