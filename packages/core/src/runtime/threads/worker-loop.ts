/**
 * What a worker does: it answers messages, and between messages sits in a loop that waits for commands in shared memory, which
 * reach it faster than messages would.
 */
import { CONTROL } from "../control.ts";
import { loadProgram, runStages } from "../run-stages.ts";
import type { LoadedProgram, ThreadContext } from "../run-stages.ts";
import { waitWhile } from "../synchronize.ts";
import type { FromWorker, ToWorker } from "./messages.ts";

/** Handles messages for one worker; `reply` posts to the calling thread. */
export function createMessageHandler(reply: (message: FromWorker) => void): (message: ToWorker) => Promise<void> {
  const programs = new Map<number, LoadedProgram>();
  let memory: WebAssembly.Memory | undefined;
  let context: ThreadContext | undefined;
  /** What this worker has seen already: what is asked while it reads a message is not lost. */
  const seen: Seen = { epoch: 0, runs: 0, leaves: 0 };

  async function handle(message: ToWorker): Promise<void> {
    if (message.kind === "start") {
      memory = message.memory;
      const { thread, numThreads } = message;
      context = { control: new Int32Array(memory.buffer), thread, numThreads, maySleep: true };
      for (const counter of COUNTERS) seen[counter] = Atomics.load(context.control, CONTROL[counter]);
    } else if (message.kind === "unload") {
      programs.delete(message.id);
    } else {
      programs.set(message.image.id, await loadProgram(message.image, memory as WebAssembly.Memory));
    }
  }

  return async (message) => {
    try {
      await handle(message);
      reply({ kind: "ready" });
    } catch (error) {
      reply({ kind: "error", message: String(error) });
    }
    // After a failure too: the other workers wait here, and all have to be found in one place.
    if (context !== undefined) obeyCommands(programs, context, seen);
  };
}

const COUNTERS = ["epoch", "runs", "leaves"] as const;
type Seen = Record<(typeof COUNTERS)[number], number>;

/**
 * Takes part in runs until asked to leave. A run and a request to leave may both have come when a worker looks: it takes part in
 * the run, which all others wait for, and then leaves.
 */
function obeyCommands(programs: ReadonlyMap<number, LoadedProgram>, context: ThreadContext, seen: Seen): void {
  const { control } = context;
  const isNews = (counter: keyof Seen): boolean => {
    const before = seen[counter];
    seen[counter] = Atomics.load(control, CONTROL[counter]);
    return seen[counter] !== before;
  };
  for (;;) {
    waitWhile(control, CONTROL.epoch, seen.epoch, context.maySleep);
    // The epoch is read first and written last, so that nothing counted after this look is slept over.
    seen.epoch = Atomics.load(control, CONTROL.epoch);
    if (isNews("runs")) takePart(programs, context);
    if (isNews("leaves")) return;
  }
}

function takePart(programs: ReadonlyMap<number, LoadedProgram>, context: ThreadContext): void {
  const { control } = context;
  const program = programs.get(Atomics.load(control, CONTROL.program));
  if (program === undefined) Atomics.store(control, CONTROL.failed, 1);
  else runStages(program, context);
  Atomics.add(control, CONTROL.done, 1);
  Atomics.notify(control, CONTROL.done);
}
