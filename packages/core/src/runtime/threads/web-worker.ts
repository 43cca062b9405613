/** The entry of a web worker. */
import type { ToWorker } from "./messages.ts";
import { createMessageHandler } from "./worker-loop.ts";

const handle = createMessageHandler((message) => self.postMessage(message));
self.addEventListener("message", ({ data }: MessageEvent<ToWorker>) => void handle(data));
