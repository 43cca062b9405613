/**
 * The text of a progress bar, character for character as Keras's Progbar writes it (keras/src/utils/progbar.py): the step,
 * a bar, the time left or taken, the time of a step, the figures.
 */
import type { Logs } from "../logs.ts";
import { formatExponential, formatFixed } from "./python-number.ts";

const BAR_WIDTH = 20;
/** Seconds between two updates of the bar. */
const INTERVAL = 0.05;

const BOLD = "\u001B[1m";
const GREEN = "\u001B[32m";
const GREY = "\u001B[37m";
const RESET = "\u001B[0m";

/** How a bar is shown: one that is written over, and how wide, or its last state alone. */
export interface BarStyle {
  readonly isDynamic: boolean;
  /** Figures beyond so many characters are left out of a bar that is written over. */
  readonly columns: number | undefined;
}

export class ProgressBar {
  readonly #style: BarStyle;
  readonly #steps: number | undefined;
  readonly #started: number;
  #lastUpdate = -Infinity;
  #afterFirstStep: number | undefined;
  #width = 0;

  /**
   * @param steps undefined where only the end tells.
   * @param now the time in seconds, also in the methods.
   */
  constructor(style: BarStyle, steps: number | undefined, now: number) {
    this.#style = style;
    this.#steps = steps;
    this.#started = now;
  }

  /** What to write after so many steps; nothing right after the last time. */
  update(step: number, logs: Logs, now: number): string {
    const perStep = this.#secondsPerStep(step, now);
    if (!this.#style.isDynamic || now - this.#lastUpdate < INTERVAL) return "";
    this.#lastUpdate = now;
    return this.#draw(step, this.#steps, logs, now, perStep, false);
  }

  /** The bar of all steps, and the end of its line. */
  finish(steps: number, logs: Logs, now: number): string {
    return `${this.#draw(steps, steps, logs, now, this.#secondsPerStep(steps, now), true)}\n`;
  }

  /** All in one line without a bar, as for `verbose: 2`. */
  finishPlain(steps: number, logs: Logs, now: number): string {
    const perStep = formatStepTime(this.#secondsPerStep(steps, now));
    // Keras shows negative figures with exponents here, and small ones alone in the bar.
    return `${steps}/${steps} - ${formatFixed(now - this.#started, 0)}s - ${perStep}${figures(logs, (value) => value)}\n`;
  }

  #draw(step: number, steps: number | undefined, logs: Logs, now: number, perStep: number, isLast: boolean): string {
    const { isDynamic, columns = Infinity } = this.#style;
    const style = isDynamic ? styled : plain;
    const time =
      isLast || steps === undefined ? `${formatFixed(now - this.#started, 0)}s` : formatEta(perStep * (steps - step));
    const head = `${steps === undefined ? `${String(step).padStart(7)}/Unknown` : bar(step, steps, style)} ${style(BOLD, time)} ${formatStepTime(perStep)}`;
    if (!isDynamic) return head + figures(logs, Math.abs);
    const headWidth = visibleLength(head);
    const tail = figures(logs, Math.abs).slice(0, isLast ? undefined : Math.max(0, columns - 1 - headWidth));
    const back = `${"\b".repeat(this.#width)}\r`;
    const width = headWidth + tail.length;
    const rest = " ".repeat(Math.max(0, this.#width - width));
    this.#width = width;
    return back + head + tail + rest;
  }

  /** The first step is slower than the others, and does not count among several. */
  #secondsPerStep(step: number, now: number): number {
    if (step === 0) return 0;
    const first = this.#afterFirstStep;
    if (step === 1) this.#afterFirstStep = now;
    return first !== undefined && step > 1 ? (now - first) / (step - 1) : (now - this.#started) / step;
  }
}

type Style = (code: string, text: string) => string;
const styled: Style = (code, text) => `${code}${text}${RESET}`;
const plain: Style = (_, text) => text;

function bar(step: number, steps: number, style: Style): string {
  const count = `${String(step).padStart(String(steps).length)}/${steps}`;
  const done = Math.trunc((BAR_WIDTH * step) / steps);
  const filled = done > 0 ? style(GREEN, "━".repeat(done)) : "";
  return `${style(BOLD, count)} ${filled}${style(GREY, "━".repeat(BAR_WIDTH - done))}`;
}

function formatEta(seconds: number): string {
  const pad = (value: number): string => String(Math.trunc(value)).padStart(2, "0");
  if (seconds > 3600) return `${Math.trunc(seconds / 3600)}:${pad((seconds % 3600) / 60)}:${pad(seconds % 60)}`;
  return seconds > 60 ? `${Math.trunc(seconds / 60)}:${pad(seconds % 60)}` : `${Math.trunc(seconds)}s`;
}

function formatStepTime(seconds: number): string {
  if (seconds >= 1 || seconds === 0) return `${formatFixed(seconds, 0)}s/step`;
  return seconds >= 1e-3 ? `${formatFixed(seconds * 1e3, 0)}ms/step` : `${formatFixed(seconds * 1e6, 0)}us/step`;
}

/** ` - loss: 0.1234 - mae: 5.6000e-04`; with exponents where `magnitude` is small. */
function figures(logs: Logs, magnitude: (value: number) => number): string {
  return Object.entries(logs)
    .map(([name, value]) => {
      const text = magnitude(value) > 1e-3 ? formatFixed(value, 4) : formatExponential(value, 4);
      return ` - ${name}: ${text}`;
    })
    .join("");
}

function visibleLength(text: string): number {
  // oxlint-disable-next-line no-control-regex -- the codes of colors begin with one.
  return text.replaceAll(/\u001B\[\d+m/gu, "").length;
}
