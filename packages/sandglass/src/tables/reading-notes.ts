import { typeItem } from "../text/column-lists.ts";
import { quotedWord } from "../text/shell-words.ts";
import type { Misfits } from "./convert-columns.ts";
import { isAsTrained, type DetectedReading } from "./detect-readings.ts";
import { describeReading } from "./describe-reading.ts";

/** What the user should know of how a column of text was read. */
export function readingNotes(
  name: string,
  detected: DetectedReading | undefined,
  misfits: Misfits | undefined,
  textExample: string | undefined,
): readonly string[] {
  if (detected === undefined) return [];
  const { reading, trained, almost, isAmbiguous, isCode } = detected;
  const notes: string[] = [];
  if (isCode === true) {
    notes.push(
      `${name} holds codes and no quantities (digits behind zeros, or more of them than a number keeps), and is read as text`,
    );
  }
  if (almost !== undefined) {
    const example = textExample === undefined || textExample === "" ? "" : `, such as ${quoted(textExample)}`;
    notes.push(
      `${name} is read as text: ${Math.floor(100 * almost.share)} % of its values are ${almost.type}s, and the others are not${example}; ` +
        `--types ${quotedWord(typeItem(name, almost.type))} (in code: types) reads them as missing`,
    );
  }
  const now = describeReading(reading);
  const before = trained && describeReading(trained);
  if (before !== undefined && reading.type === trained?.type && now !== before) {
    notes.push(`${name} is read as ${now}, and was as ${before} in training`);
  } else if (reading.type === "number" && !isAsTrained(detected)) {
    const unit = reading.prefix || reading.suffix;
    if (unit !== "") notes.push(`${name} is read as numbers, in ${unit}`);
    if (reading.notation === "decimalComma") notes.push(`${name} is read as numbers with a decimal comma`);
  }
  if (isAmbiguous === true && reading.type === "date") {
    const [order, other] = reading.dayFirst === true ? ["day/month", "monthfirst"] : ["month/day", "dayfirst"];
    notes.push(
      `${name} has dates that fit both day/month and month/day; they are read as ${order}; ` +
        `--types ${quotedWord(typeItem(name, other))} (in code: dayFirst) reads them the other way`,
    );
  }
  if (misfits !== undefined) {
    const kind = reading.type === "date" ? "date" : "number";
    notes.push(
      `${name} holds ${misfits.count.toLocaleString("en-US")} ${misfits.count === 1 ? `value that is no ${kind}` : `values that are no ${kind}s`}, ` +
        `such as ${quoted(misfits.example)}; read as missing`,
    );
  }
  return notes;
}

function quoted(text: string): string {
  return `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`;
}
