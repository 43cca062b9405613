/** How a training is shown while it goes on: a bar and a line for each epoch on a terminal, the lines alone in a pipe. */
import { MultiBar, type Params } from "cli-progress";
import { formatDuration, formatFigure } from "../text/number-format.ts";
import type { TrainingProgress } from "../training/training-watch.ts";
import type { EpochFigures } from "../runs/history-csv.ts";
import type { Output } from "./output.ts";

const BAR_WIDTH = 28;

/** The display that suits where standard error goes. */
export function trainingDisplay(output: Output): TrainingProgress {
  return output.isInteractive ? new BarDisplay(output) : new LineDisplay(output);
}

class LineDisplay implements TrainingProgress {
  readonly #output: Output;
  readonly #clock = new EpochClock();
  #epochs = 0;

  constructor(output: Output) {
    this.#output = output;
  }

  begin({ epochs }: { readonly epochs: number }): void {
    this.#epochs = epochs;
    this.#clock.lap();
  }

  epoch(epoch: number, figures: EpochFigures, phase?: string): void {
    this.#output.note(epochLine(epoch, this.#epochs, this.#clock.lap(), figures, phase));
  }
}

class BarDisplay implements TrainingProgress {
  readonly #output: Output;
  readonly #clock = new EpochClock();
  readonly #bars: MultiBar;
  #bar: ReturnType<MultiBar["create"]> | undefined;
  #epochs = 0;
  #steps = 0;
  #firstEpoch = 1;

  constructor(output: Output) {
    this.#output = output;
    this.#bars = new MultiBar({
      stream: process.stderr,
      format: (_, params, payload: BarPayload) => barLine(output, params, payload),
      clearOnComplete: true,
      hideCursor: true,
      fps: 12,
    });
  }

  begin({ firstEpoch, epochs, steps }: { firstEpoch: number; epochs: number; steps: number }): void {
    this.#epochs = epochs;
    this.#steps = steps;
    this.#firstEpoch = firstEpoch;
    this.#clock.lap();
    const payload: BarPayload = { epoch: firstEpoch, epochs, figures: {}, started: performance.now() };
    this.#bar = this.#bars.create((epochs - firstEpoch + 1) * steps, 0, payload);
  }

  step(epoch: number, step: number, figures: EpochFigures): void {
    this.#bar?.update((epoch - this.#firstEpoch) * this.#steps + step, { epoch, figures });
  }

  epoch(epoch: number, figures: EpochFigures, phase?: string): void {
    const line = epochLine(epoch, this.#epochs, this.#clock.lap(), figures, phase);
    this.#bars.log(`${this.#output.colors.dim(line)}\n`);
  }

  end(): void {
    this.#bars.stop();
  }
}

interface BarPayload {
  readonly epoch: number;
  readonly epochs: number;
  readonly figures: EpochFigures;
  readonly started: number;
}

/** `epoch  3/10  ━━━━━━━━━━────────────  27 %  loss 0.2831  12 s left` */
function barLine({ colors }: Output, { progress }: Params, { epoch, epochs, figures, started }: BarPayload): string {
  const done = Math.round(progress * BAR_WIDTH);
  const bar = colors.yellow("━".repeat(done)) + colors.dim("─".repeat(BAR_WIDTH - done));
  const seconds = (performance.now() - started) / 1000;
  const left = progress > 0.01 ? `${formatDuration((seconds / progress) * (1 - progress))} left` : "";
  const loss = figures["loss"] === undefined ? "" : `loss ${formatFigure(figures["loss"])}`;
  const share = `${Math.floor(100 * progress)} %`.padStart(5);
  return [epochOf(epoch, epochs), bar, share, loss, colors.dim(left)].join("  ");
}

/** `epoch  3/10  fine-tuning  4.1 s  loss 0.2831  val_loss 0.281` */
function epochLine(
  epoch: number,
  epochs: number,
  seconds: number,
  figures: EpochFigures,
  phase: string | undefined,
): string {
  const shown = Object.entries(figures).map(([name, value]) => `${name} ${formatFigure(value)}`);
  const parts = phase === undefined ? [] : [phase];
  return [epochOf(epoch, epochs), ...parts, formatDuration(seconds), ...shown].join("  ");
}

function epochOf(epoch: number, epochs: number): string {
  return `epoch ${String(epoch).padStart(String(epochs).length)}/${epochs}`;
}

/** Tells how long each epoch took. */
class EpochClock {
  #last = 0;

  lap(): number {
    const now = performance.now();
    const seconds = (now - this.#last) / 1000;
    this.#last = now;
    return seconds;
  }
}
