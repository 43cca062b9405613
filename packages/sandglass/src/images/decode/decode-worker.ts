/** The thread that decodes beside the training. Its results are handed over, not copied. */
import { parentPort, workerData } from "node:worker_threads";
import { EntryReader } from "../find/index.ts";
import { decodeSamples } from "./decode-samples.ts";
import type { FromWorker, ToWorker, WorkerStart } from "./worker-messages.ts";

const port = parentPort;
if (port === null) throw new Error("decode-worker.ts runs in a worker thread only");
const { plan, maxPixels } = workerData as WorkerStart;
const context = { maxPixels, reader: new EntryReader() };
const stopping = new AbortController();

port.on("message", (message: ToWorker) => {
  if (message.kind === "stop") {
    stopping.abort();
    void context.reader.close();
    port.close();
  } else void decode(message);
});

async function decode({ id, jobs, count }: ToWorker & { readonly kind: "decode" }): Promise<void> {
  try {
    const samples = await decodeSamples(jobs, count, plan, context, { signal: stopping.signal });
    answer({ kind: "decoded", id, samples }, [samples.values.buffer as ArrayBuffer]);
  } catch (error) {
    answer({ kind: "failed", id, error: error instanceof Error ? error : new Error(String(error)) });
  }
}

function answer(message: FromWorker, handedOver: ArrayBuffer[] = []): void {
  if (!stopping.signal.aborted) port?.postMessage(message, handedOver);
}
