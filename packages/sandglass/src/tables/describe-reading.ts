import type { Notation, Reading } from "./reading.ts";

const numbers: Readonly<Record<Notation, string>> = { plain: "1234.5", thousands: "1,234.5", decimalComma: "1.234,5" };
const dates = { iso: "2021-03-31", time: "18:55", compact: "20210331" } as const;
const parts: Readonly<Record<string, string>> = {
  "%Y": "2021",
  "%y": "21",
  "%m": "03",
  "%d": "31",
  "%b": "Mar",
  "%B": "March",
};

/** How cells are written, by an example: "dates such as 31.03.2021". */
export function describeReading(reading: Reading): string {
  if (reading.type === "text") return "text";
  if (reading.type === "number") return `numbers such as ${numbers[reading.notation]}`;
  const { format } = reading;
  const example =
    typeof format === "string" ? dates[format] : (format[0] ?? "").replaceAll(/%./g, (part) => parts[part] ?? part);
  return `dates such as ${example}`;
}
