/**
 * What a worker does: it answers messages, and between messages sits in a loop that waits for commands in shared memory, which
 * reach it faster than messages would.
 */
import { CONTROL, LEAVE } from "../control.ts";
import { loadProgram, runStages } from "../run-stages.ts";
import type { LoadedProgram, ThreadContext } from "../run-stages.ts";
import { waitWhile } from "../synchronize.ts";
import type { FromWorker, ToWorker } from "./messages.ts";

/** Handles messages for one worker; `reply` posts to the calling thread. */
export function createMessageHandler(reply: (message: FromWorker) => void): (message: ToWorker) => Promise<void> {
  const programs = new Map<number, LoadedProgram>();
  let memory: WebAssembly.Memory | undefined;
  let context: ThreadContext | undefined;
  /** The last command that this worker has seen: one that comes while it reads a message is not lost. */
  let epoch = 0;

  async function handle(message: ToWorker): Promise<void> {
    if (message.kind === "start") {
      memory = message.memory;
      const { thread, numThreads } = message;
      context = { control: new Int32Array(memory.buffer), thread, numThreads, maySleep: true };
      epoch = Atomics.load(context.control, CONTROL.epoch);
    } else if (message.kind === "unload") {
      programs.delete(message.id);
    } else {
      programs.set(message.image.id, await loadProgram(message.image, memory as WebAssembly.Memory));
    }
  }

  return async (message) => {
    try {
      await handle(message);
    } catch (error) {
      reply({ kind: "error", message: String(error) });
      return;
    }
    reply({ kind: "ready" });
    epoch = obeyCommands(programs, context as ThreadContext, epoch);
  };
}

/** Runs what is commanded until told to leave; returns the number of that last command. */
function obeyCommands(programs: ReadonlyMap<number, LoadedProgram>, context: ThreadContext, start: number): number {
  const { control } = context;
  for (let epoch = start; ;) {
    waitWhile(control, CONTROL.epoch, epoch, context.maySleep);
    epoch = Atomics.load(control, CONTROL.epoch);
    const command = Atomics.load(control, CONTROL.command);
    if (command === LEAVE) return epoch;
    const program = programs.get(command);
    if (program === undefined) Atomics.store(control, CONTROL.failed, 1);
    else runStages(program, context);
    Atomics.add(control, CONTROL.done, 1);
    Atomics.notify(control, CONTROL.done);
  }
}
