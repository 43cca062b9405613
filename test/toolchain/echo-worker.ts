// Sends back what it got, and the Node that it runs on.
import { parentPort } from "node:worker_threads";

parentPort?.on("message", (received: unknown) => {
  parentPort?.postMessage({ received, node: process.version });
});
