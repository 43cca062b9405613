/** How steps that take a while are shown: one bar on a terminal, a line for each step in a pipe. */
import { SingleBar } from "cli-progress";
import type { ExploreProgress } from "../explore/index.ts";
import { formatCount } from "../text/number-format.ts";
import type { Output } from "./output.ts";

const BAR_WIDTH = 28;

/** The display that suits where standard error goes. */
export function stepDisplay(output: Output): ExploreProgress {
  return output.isInteractive ? new StepBar(output) : new StepLines(output);
}

class StepLines implements ExploreProgress {
  readonly #output: Output;

  constructor(output: Output) {
    this.#output = output;
  }

  begin(step: string, total: number): void {
    this.#output.note(total === 0 ? `${step} …` : `${step}: ${formatCount(total)} …`);
  }

  advance(): void {
    // A pipe needs no more than what is being done.
  }

  end(): void {
    // Nothing is open.
  }
}

class StepBar implements ExploreProgress {
  readonly #output: Output;
  #bar: SingleBar | undefined;

  constructor(output: Output) {
    this.#output = output;
  }

  begin(step: string, total: number): void {
    this.end();
    const { colors } = this.#output;
    if (total === 0) {
      this.#output.note(colors.dim(`${step} …`));
      return;
    }
    this.#bar = new SingleBar({
      stream: process.stderr,
      format: (_, { progress }) => {
        const done = Math.round(progress * BAR_WIDTH);
        const bar = colors.yellow("━".repeat(done)) + colors.dim("─".repeat(BAR_WIDTH - done));
        return `${step}  ${bar}  ${Math.floor(100 * progress)} % of ${formatCount(total)}`;
      },
      clearOnComplete: true,
      hideCursor: true,
      fps: 12,
    });
    this.#bar.start(total, 0);
  }

  advance(done: number): void {
    this.#bar?.update(done);
  }

  end(): void {
    this.#bar?.stop();
    this.#bar = undefined;
  }
}
