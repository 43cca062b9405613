/** The readings that are tried on a column of text, the more common first. */
import type { DateReading, Notation, NumberReading } from "./reading.ts";

const TIMES = ["", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", " %I:%M %p", " %I:%M:%S %p"];

function dates(format: string, dayFirst?: boolean): DateReading {
  return {
    type: "date",
    format: TIMES.map((time) => format + time),
    ...(dayFirst !== undefined && { dayFirst }),
  };
}

const iso: DateReading = { type: "date", format: "iso" };
const compact: DateReading = { type: "date", format: "compact" };
const time: DateReading = { type: "date", format: "time" };

/** Dates whose month has a name, or whose order is known by custom. */
const plainDates: readonly DateReading[] = [
  iso,
  time,
  ...[
    "%d-%b-%y",
    "%d-%b-%Y",
    "%d %b %y",
    "%d %b %Y",
    "%d %B %Y",
    "%b %d, %Y",
    "%B %d, %Y",
    "%b %d %Y",
    "%d.%m.%y",
    "%d.%m.%Y",
    "%Y.%m.%d",
    "%d-%m-%y",
    "%d-%m-%Y",
  ].map((format) => dates(format)),
];

/** Dates with the month first, as in America, and with the day first, as everywhere else. A short year comes before a long one. */
const monthFirst = ["%m/%d/%y", "%m/%d/%Y", "%m-%d-%Y"].map((format) => dates(format, false));
const dayFirst = ["%d/%m/%y", "%d/%m/%Y"].map((format) => dates(format, true));

/** All readings as dates; of two that fit equally well the first is taken. */
export function dateCandidates(prefersDayFirst: boolean): readonly DateReading[] {
  return prefersDayFirst ? [...plainDates, ...dayFirst, ...monthFirst] : [...plainDates, ...monthFirst, ...dayFirst];
}

/** Dates that look like whole numbers. */
export const compactDate = compact;

/** How numbers are written in a table. */
export interface NumberHabits {
  /** What stands before decimals, where the user says so. */
  readonly decimal?: "." | "," | undefined;
  /** Whether `1,234` is more likely a fraction than a thousand. */
  readonly prefersDecimalComma: boolean;
}

/** All readings as numbers with this before and behind them. */
export function numberCandidates(habits: NumberHabits, prefix = "", suffix = ""): readonly NumberReading[] {
  const notations = notationsOf(habits);
  return notations.map((notation) => ({ type: "number", notation, prefix, suffix }));
}

function notationsOf({ decimal, prefersDecimalComma }: NumberHabits): readonly Notation[] {
  if (decimal === ",") return ["decimalComma"];
  if (decimal === ".") return ["plain", "thousands"];
  return prefersDecimalComma ? ["plain", "decimalComma", "thousands"] : ["plain", "thousands", "decimalComma"];
}
