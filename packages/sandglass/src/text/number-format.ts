/** Numbers as people read them. */
import { counted } from "@sandglass/core";

/** `10,000` */
export function formatCount(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: 0 });
}

/** `1 sample`, `10,000 samples`, `1,000 validation samples` */
export function formatSamples(count: number, kind?: string): string {
  return counted(count, kind === undefined ? "sample" : `${kind} sample`);
}

/** Four significant digits: `0.01230`, `0.2831`, `12.35`; `4,385` from 1,000 on. */
export function formatFigure(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Math.abs(value) >= 1000) return formatCount(value);
  return value !== 0 && Math.abs(value) < 1e-4 ? value.toExponential(3) : value.toPrecision(4);
}

/** Figures one below the other: with as many decimals as the largest needs, as counts where all are whole. */
export function formatAlike(values: readonly number[]): string[] {
  if (values.every(Number.isInteger)) return values.map(formatCount);
  const largest = values.filter(Number.isFinite).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (largest < 1e-4 || largest >= 1000) return values.map(formatFigure);
  const decimals = 3 - Math.floor(Math.log10(largest));
  return values.map((value) => (Number.isFinite(value) ? value.toFixed(decimals) : formatFigure(value)));
}

/** Two significant digits, for where there is little room: `0.012`, `0.28`, `12`. */
export function formatBriefly(value: number): string {
  if (!Number.isFinite(value) || Math.abs(value) >= 100) return formatFigure(value);
  return value !== 0 && Math.abs(value) < 1e-4 ? value.toExponential(1) : value.toPrecision(2);
}

/** A whole number as a count, any other as a figure: `34`, `0.2831`. */
export function formatNumber(value: number): string {
  return Number.isInteger(value) ? formatCount(value) : formatFigure(value);
}

/** `87.3 %` */
export function formatShare(value: number): string {
  return `${(100 * value).toFixed(1)} %`;
}

/** `87.3 %`; what comes back worse than it would by always giving back the mean sample has no share. */
export function formatVarianceKept(share: number): string {
  return share < 0 ? "none: worse than the mean sample" : formatShare(share);
}

/** `28.3 dB` */
export function formatDecibels(value: number): string {
  return `${value.toFixed(1)} dB`;
}

/** `0.8 s`, `42 s`, `3 min 20 s`, `1 h 5 min` */
export function formatDuration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** `28 × 28 × 1` */
export function formatDims(shape: readonly number[]): string {
  return shape.join(" × ");
}
