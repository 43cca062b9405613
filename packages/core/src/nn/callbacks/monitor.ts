/** The figure that a callback watches, and which of two values of it is better. */
import type { Logs } from "../logs.ts";
import type { TrainingView } from "../training/callback.ts";

export interface MonitorOptions {
  /** The figure to watch, `val_loss` unless given. */
  readonly monitor?: string;
  /** Whether the figure should fall or rise; `auto`, known from the figure, unless given. */
  readonly mode?: "auto" | "min" | "max";
}

export class Monitor {
  readonly figure: string;
  readonly #owner: string;
  readonly #mode: "auto" | "min" | "max";
  readonly #minDelta: number;
  #isRising = false;

  /**
   * @param owner the callback's name, for messages.
   * @param minDelta smaller changes are no improvement.
   */
  constructor(owner: string, { monitor = "val_loss", mode = "auto" }: MonitorOptions, minDelta = 0) {
    if (!["auto", "min", "max"].includes(mode)) {
      throw new RangeError(`mode of ${owner} must be "auto", "min" or "max"; "${mode}" came`);
    }
    this.#owner = owner;
    this.figure = monitor;
    this.#mode = mode;
    this.#minDelta = Math.abs(minDelta);
  }

  /**
   * Finds out which way is better.
   *
   * @throws RangeError when that is not known.
   */
  begin(training: TrainingView): void {
    this.#isRising = this.#shouldRise(training);
  }

  /**
   * The value of the figure.
   *
   * @throws RangeError when it is not among those reported.
   */
  read(logs: Logs): number {
    const current = logs[this.figure];
    if (current !== undefined) return current;
    const known = Object.keys(logs).join(", ");
    const advice = this.figure.startsWith("val_")
      ? "give fit a validationSplit or validationData, or watch another figure"
      : "watch another figure";
    throw new RangeError(`${this.#owner} watches "${this.figure}", and this training reports ${known}; ${advice}`);
  }

  /** Whether a value is better than another, or the first. Keras compares in float32. */
  isBetter(value: number, reference: number | undefined): boolean {
    if (reference === undefined) return true;
    const [than, change] = [Math.fround(reference), this.#isRising ? -this.#minDelta : this.#minDelta];
    const own = Math.fround(value + change);
    return this.#isRising ? own > than : own < than;
  }

  #shouldRise(training: TrainingView): boolean {
    if (this.#mode !== "auto") return this.#mode === "max";
    const better = training.betterOf(this.figure.replace(/^val_/u, ""));
    if (better !== undefined) return better === "larger";
    throw new RangeError(
      `${this.#owner} cannot know whether "${this.figure}" should fall or rise; give mode "min" or "max"`,
    );
  }
}
