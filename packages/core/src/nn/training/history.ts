import type { Logs } from "../logs.ts";

/** Why training ended: all epochs done, stopped by a callback, or by the caller's AbortSignal. */
export type StopReason = "finished" | "callback" | "aborted";

/** What happened in a training, as Keras's History. */
export class History {
  /** Loss and metrics at the end of each epoch: `history.history.val_loss`. */
  readonly history: Record<string, number[]> = {};
  /** The numbers of those epochs, from 0. */
  readonly epoch: number[] = [];
  /** `steps`: batches in an epoch; undefined where only the end of a stream tells. */
  readonly params: { readonly epochs: number; readonly steps: number | undefined };
  stopped: StopReason = "finished";

  constructor(epochs: number, steps: number | undefined) {
    this.params = { epochs, steps };
  }

  record(epoch: number, logs: Logs): void {
    this.epoch.push(epoch);
    for (const [name, value] of Object.entries(logs)) (this.history[name] ??= []).push(value);
  }
}
