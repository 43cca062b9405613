import type { Logs } from "../logs.ts";

/** Why training ended: all epochs done, stopped by a callback, or by the caller's AbortSignal. */
export type StopReason = "finished" | "callback" | "aborted";

/** An epoch with its loss and metrics. */
export interface HistoryEntry {
  readonly epoch: number;
  readonly logs: Logs;
}

/** What happened in a training, as Keras's History. Of one that went on after an interruption, it tells of the whole. */
export class History {
  /** The epochs, counted from 0, in their order. */
  readonly entries: HistoryEntry[] = [];
  /** `steps`: batches in an epoch; undefined where only the end of a stream tells. */
  readonly params: { readonly epochs: number; readonly steps: number | undefined };
  stopped: StopReason = "finished";

  constructor(epochs: number, steps: number | undefined) {
    this.params = { epochs, steps };
  }

  /** Loss and metrics at the end of each epoch: `history.history.val_loss`. */
  get history(): Record<string, number[]> {
    const figures: Record<string, number[]> = {};
    for (const { logs } of this.entries) {
      for (const [name, value] of Object.entries(logs)) (figures[name] ??= []).push(value);
    }
    return figures;
  }

  /** The numbers of those epochs, from 0. */
  get epoch(): number[] {
    return this.entries.map(({ epoch }) => epoch);
  }
}
