/** Values of a table as people read them. */
import { tables } from "@sandglass/core";
import { formatCount, formatShare } from "../../text/number-format.ts";

export type CellType = tables.ColumnType | "time";

const DAY = 86_400_000;
const NOTHING = "—";

/** Columns of times of a day lie in the first day of 1970. */
export function cellType(
  type: tables.ColumnType,
  { min, max }: { readonly min: number; readonly max: number },
): CellType {
  return type === "date" && min >= 0 && max < DAY ? "time" : type;
}

/** `12.35`, `1,234`, `2024-03-01`, `08:30`; a dash where there is no value. */
export function formatCell(type: CellType, value: string | number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return NOTHING;
  if (typeof value === "string") return value;
  if (type === "number") return formatValue(value);
  if (Math.abs(value) > 8.64e15) return NOTHING;
  if (type === "time") return new Date(value).toISOString().slice(11, value % 60_000 < 1000 ? 16 : 19);
  return tables
    .dateText(Math.round(value))
    .replace("T", " ")
    .replace(/(?::00)?\.\d+Z$/u, "");
}

/** Five significant digits, none of them a zero at the end; whole numbers from 10,000 on with commas. */
export function formatValue(value: number): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  if (size >= 1e15 || (size < 1e-4 && size > 0))
    return Number(value.toPrecision(4)).toExponential().replaceAll("-", "−");
  if (Number.isInteger(value) && size < 10_000) return String(value).replace("-", "−");
  const text = size >= 10_000 ? formatCount(size) : String(Number(size.toPrecision(5)));
  return value < 0 ? `−${text}` : text;
}

/** With two decimals: `−0.50`; 0 has no sign. */
export function formatSigned(value: number): string {
  return (Math.round(value * 100) / 100 + 0).toFixed(2).replace("-", "−");
}

/** `12.3 %`; what is there at all is not 0. */
export function shareText(share: number): string {
  return share > 0 && share < 0.0005 ? "< 0.1 %" : formatShare(share);
}

/** `"a"`, or `"a", "b" and 3 more`. */
export function listed(names: readonly string[], most = 5): string {
  const left = names.length - most;
  const quoted = names.slice(0, left === 1 ? most + 1 : most).map((name) => `"${name}"`);
  return left > 1 ? `${quoted.join(", ")} and ${formatCount(left)} more` : joined(quoted);
}

function joined(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
