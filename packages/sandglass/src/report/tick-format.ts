/** Numbers on axes, where Plot's own way would take too much room or write 100m for 0.1. */
type TickFormat = (value: number) => string;

/** How to write the ticks of an axis for these values; undefined where Plot's way is the best: small numbers with equal decimals. */
export function tickFormat(least: number, most: number, logarithmic = false): TickFormat | undefined {
  const largest = Math.max(Math.abs(least), Math.abs(most));
  if (!logarithmic && largest < 10_000 && (largest >= 0.005 || largest === 0)) return undefined;
  return formatTick;
}

/** `0`, `0.25`, `1e-6`, `−40K`, `1.2M` */
export function formatTick(value: number): string {
  const size = Math.abs(value);
  const text =
    size !== 0 && size < 1e-3
      ? Number(size.toPrecision(3)).toExponential()
      : size.toLocaleString("en-US", { notation: size < 10_000 ? "standard" : "compact", maximumSignificantDigits: 3 });
  return value < 0 ? `−${text}` : text;
}
