/** Where the batches of a training or an evaluation come from: arrays in memory, or a stream. */
import { GraphError } from "../../graph/error.ts";
import { permutation } from "../random/permutation.ts";
import type { Examples, ModelData, SampleWeights, WeightOptions } from "./examples.ts";
import type { Batch } from "./model-program.ts";

/** A batch as a stream gives it; without targets, the inputs are the targets. */
export type StreamBatch =
  | readonly [x: ModelData, y?: ModelData, sampleWeight?: SampleWeights]
  | { readonly x: ModelData; readonly y?: ModelData | undefined; readonly sampleWeight?: SampleWeights | undefined };

type AnyIterable = Iterable<StreamBatch> | AsyncIterable<StreamBatch>;

/**
 * Batches that come one after the other: an iterable, an async iterable, or a function that begins anew for each epoch, such
 * as an async generator function. An array is the data of several inputs instead; give its `values()`.
 */
export type BatchStream = AnyIterable | ((epoch: number) => AnyIterable);

/** Some samples, of examples that may hold more. */
export interface SourceBatch {
  readonly examples: Examples;
  readonly batch: Batch;
}

export interface BatchSource {
  /** Batches in an epoch; undefined where only its end tells. */
  readonly steps: number | undefined;
  /** The batches of an epoch, without the first `skip`. */
  epoch(epoch: number, skip?: number): AsyncIterable<SourceBatch> | Iterable<SourceBatch>;
  /** Says that no epoch will follow, so that a stream can close what it reads from; absent where there is nothing to close. */
  close?(): Promise<void>;
}

/** Whether batches are given instead of arrays. */
export function isBatchStream(value: unknown): value is BatchStream {
  if (typeof value === "function") return true;
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value) || Array.isArray(value)) return false;
  return Symbol.iterator in value || Symbol.asyncIterator in value;
}

export interface ArrayOptions {
  readonly batchSize: number;
  readonly shuffle?: { readonly seed: number };
  /** Batches in an epoch; all unless given. */
  readonly steps?: number | undefined;
}

/**
 * Batches of examples in memory, in their order or mixed anew each time that all have been taken. Where an epoch has fewer
 * steps than there are batches, the next one goes on with the rest, and the last of them, as in Keras, may be shorter.
 */
export function arraySource(examples: Examples, { batchSize, shuffle, steps }: ArrayOptions): BatchSource {
  const { count } = examples;
  const numBatches = Math.ceil(count / batchSize);
  const stepsPerEpoch = Math.min(steps ?? numBatches, numBatches);
  const epochsPerPass = Math.ceil(numBatches / stepsPerEpoch);
  return {
    steps: stepsPerEpoch,
    *epoch(epoch, skip = 0) {
      const order = shuffle
        ? permutation(count, shuffle.seed, Math.floor(epoch / epochsPerPass))
        : Uint32Array.from({ length: count }, (_, i) => i);
      const first = (epoch % epochsPerPass) * stepsPerEpoch;
      const end = Math.min(first + stepsPerEpoch, numBatches);
      for (let number = first + skip; number < end; number++) {
        const from = number * batchSize;
        yield { examples, batch: { order, from, to: Math.min(from + batchSize, count) } };
      }
    },
  };
}

/** Checks the data of a batch. */
type ToExamples = (x: ModelData, y: ModelData, weights: WeightOptions) => Examples;

export interface StreamOptions {
  /** Batches in an epoch; without it, an epoch ends where the stream does. */
  readonly steps?: number | undefined;
  readonly classWeight?: WeightOptions["classWeight"];
}

/** Batches of a stream. */
export function streamSource(
  stream: BatchStream,
  toExamples: ToExamples,
  { steps, classWeight }: StreamOptions,
): BatchSource {
  const toBatch = (given: StreamBatch): SourceBatch => {
    const { x, y, sampleWeight } = asObject(given);
    const examples = toExamples(x, y ?? x, { sampleWeight, classWeight });
    return { examples, batch: wholeBatch(examples.count) };
  };
  return steps === undefined ? wholeStream(stream, toBatch) : ongoingStream(stream, toBatch, steps);
}

/** An epoch is the stream from its beginning to its end. */
function wholeStream(stream: BatchStream, toBatch: (given: StreamBatch) => SourceBatch): BatchSource {
  let batchesBefore = 0;
  return {
    steps: undefined,
    async *epoch(epoch, skip = 0) {
      let taken = 0;
      for await (const given of iterableOf(stream, epoch)) if (taken++ >= skip) yield toBatch(given);
      if (taken === 0) throw emptyStream(batchesBefore);
      batchesBefore += taken;
    },
  };
}

/** An epoch is so many batches, from where the last one ended; a stream that ended there begins anew. */
function ongoingStream(stream: BatchStream, toBatch: (given: StreamBatch) => SourceBatch, steps: number): BatchSource {
  let running: AsyncIterator<StreamBatch> | undefined;
  let batchesBefore = 0;
  return {
    steps,
    async *epoch(epoch, skip = 0) {
      for (let taken = 0; taken < steps; taken++) {
        let next = await running?.next();
        if (next === undefined || (next.done === true && taken === 0)) {
          running = begin(stream, epoch);
          next = await running.next();
        }
        if (next.done === true) {
          if (taken === 0) throw emptyStream(batchesBefore);
          throw new GraphError(
            `an epoch has ${steps} steps and the stream ended after ${taken}; give fewer stepsPerEpoch`,
          );
        }
        batchesBefore++;
        if (taken >= skip) yield toBatch(next.value);
      }
    },
    async close() {
      // What a caller gave may go on in another training; what was begun here ends here.
      if (typeof stream === "function") await running?.return?.();
      running = undefined;
    },
  };
}

/** All samples of examples as one batch. */
export function wholeBatch(count: number): Batch {
  return { order: Uint32Array.from({ length: count }, (_, index) => index), from: 0, to: count };
}

function iterableOf(stream: BatchStream, epoch: number): AnyIterable {
  return typeof stream === "function" ? stream(epoch) : stream;
}

function begin(stream: BatchStream, epoch: number): AsyncIterator<StreamBatch> {
  const iterable = iterableOf(stream, epoch);
  if (Symbol.asyncIterator in iterable) return iterable[Symbol.asyncIterator]();
  const iterator = iterable[Symbol.iterator]();
  return {
    next: () => Promise.resolve(iterator.next()),
    return: () => Promise.resolve(iterator.return?.() ?? { done: true, value: undefined }),
  };
}

function asObject(batch: StreamBatch): Exclude<StreamBatch, readonly unknown[]> {
  if (!Array.isArray(batch)) return batch as Exclude<StreamBatch, readonly unknown[]>;
  const [x, y, sampleWeight] = batch as readonly [ModelData, ModelData?, SampleWeights?];
  return { x, y, sampleWeight };
}

function emptyStream(batchesBefore: number): GraphError {
  if (batchesBefore === 0) return new GraphError("the stream of batches is empty; give at least one batch");
  return new GraphError(
    `the stream of batches ended after ${batchesBefore} and does not begin again; give a function that makes a new one ` +
      "for each epoch, or stepsPerEpoch for a stream that goes on",
  );
}
