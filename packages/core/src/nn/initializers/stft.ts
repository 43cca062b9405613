/**
 * Kernels of convolutions over sequences that compute the short-time Fourier transform: of N/2 + 1 frequencies, the real or the
 * imaginary part. A layer for each, with the frame as kernel and the hop as stride, makes a spectrogram.
 */
import { GraphError } from "../../graph/error.ts";
import { formatShape } from "../../graph/tensor-type.ts";
import { cosine } from "../elementary-functions.ts";
import { describeUnknown } from "../nearest-name.ts";
import type { Initializer } from "./initializer.ts";

/**
 * Windows Σ (−1)ᵏ·aₖ·cos(2π·k·t / (length − 1)) by their coefficients aₖ, as SciPy has them. Source: Harris 1978, "On the use of
 * windows for harmonic analysis with the discrete Fourier transform"; nuttall: Heinzel, Rüdiger and Schilling 2002; flattop: D'Antona and Ferrero 2006.
 */
const COSINE_WINDOWS = {
  boxcar: [1],
  hann: [0.5, 0.5],
  hamming: [0.54, 0.46],
  blackman: [0.42, 0.5, 0.08],
  nuttall: [0.3635819, 0.4891775, 0.1365995, 0.0106411],
  blackmanharris: [0.35875, 0.48829, 0.14128, 0.01168],
  flattop: [0.21557895, 0.41663158, 0.277263158, 0.083578947, 0.006947368],
} as const satisfies Readonly<Record<string, readonly number[]>>;

/** The windows that are known by name. */
export type StftWindow = keyof typeof COSINE_WINDOWS;

export interface StftOptions {
  /** Which part of the complex numbers to compute; `real` unless given. */
  readonly side?: "real" | "imag";
  /** What each step of a frame is multiplied by: a window's name, a number for each step, or null for nothing; `hann` unless given. */
  readonly window?: StftWindow | readonly number[] | null;
  /** What is divided by, of the window w: `density`, √Σw²; `spectrum`, Σ|w|; null, nothing. `density` unless given. */
  readonly scaling?: "density" | "spectrum" | null;
  /** Whether a named window goes on in the next frame instead of being symmetric; false unless given. */
  readonly periodic?: boolean;
}

/**
 * Kernels [steps, 1, N/2 + 1] of the short-time Fourier transform: w(t)·cos(−2π·t·f / N) or w(t)·sin(−2π·t·f / N), divided by the scaling.
 *
 * @throws RangeError when an option is unknown; GraphError when a variable is no such kernel.
 * @example
 * conv1d(65, 128, { strides: 32, useBias: false, kernelInitializer: stft({ side: "real" }) })
 */
export function stft({
  side = "real",
  window = "hann",
  scaling = "density",
  periodic = false,
}: StftOptions = {}): Initializer {
  checkOneOf("side", side, ["real", "imag"]);
  if (scaling !== null) checkOneOf("scaling", scaling, ["density", "spectrum"]);
  if (typeof window === "string") checkOneOf("window", window, Object.keys(COSINE_WINDOWS));
  return {
    className: "STFT",
    config: { side, window, scaling, periodic },
    values(shape) {
      const [numSteps = 0, numChannels, numFrequencies = 0] = shape;
      if (shape.length !== 3 || numChannels !== 1 || numFrequencies < 2) {
        throw new GraphError(
          `the stft initializer makes kernels [steps, 1, frequencies] with 2 frequencies or more; ${formatShape(shape)} came`,
        );
      }
      const weights = window === null ? undefined : windowOf(window, numSteps, periodic);
      const divisor = weights === undefined || scaling === null ? 1 : SCALINGS[scaling](weights);
      const quarter = side === "real" ? 0 : 0.25;
      const fourierLength = 2 * (numFrequencies - 1);
      return Float32Array.from({ length: numSteps * numFrequencies }, (_, position) => {
        const [step, frequency] = [Math.floor(position / numFrequencies), position % numFrequencies];
        // sin(−x) = cos(x + π/2)
        const wave = cosineOfTurns((step * frequency) / fourierLength + quarter);
        return (wave * (weights?.[step] ?? 1)) / divisor;
      });
    },
  };
}

const SCALINGS: Readonly<Record<"density" | "spectrum", (window: readonly number[]) => number>> = {
  density: (window) => Math.sqrt(window.reduce((sum, weight) => sum + weight ** 2, 0)),
  spectrum: (window) => window.reduce((sum, weight) => sum + Math.abs(weight), 0),
};

function windowOf(window: StftWindow | readonly number[], numSteps: number, periodic: boolean): readonly number[] {
  if (typeof window === "string") {
    const length = numSteps + (periodic ? 1 : 0);
    if (length === 1) return [1];
    return Array.from({ length: numSteps }, (_, step) =>
      COSINE_WINDOWS[window].reduce((sum, a, k) => sum + a * cosineOfTurns(k * (step / (length - 1) - 0.5)), 0),
    );
  }
  if (window.length === numSteps) return window;
  throw new GraphError(
    `the window of stft has ${window.length} numbers and the kernel ${numSteps} steps; give as many`,
  );
}

/** cos 2πx */
function cosineOfTurns(x: number): number {
  return cosine(2 * Math.PI * (x - Math.round(x)));
}

function checkOneOf(option: string, value: string, known: readonly string[]): void {
  if (!known.includes(value)) throw new RangeError(`unknown ${option} of stft ${describeUnknown(value, known)}`);
}
