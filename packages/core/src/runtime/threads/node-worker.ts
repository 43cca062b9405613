/** The entry of a worker thread in Node. */
import { parentPort } from "node:worker_threads";
import type { ToWorker } from "./messages.ts";
import { createMessageHandler } from "./worker-loop.ts";

const handle = createMessageHandler((message) => parentPort?.postMessage(message));
parentPort?.on("message", (message: ToWorker) => void handle(message));
