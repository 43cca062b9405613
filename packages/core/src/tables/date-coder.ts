import type { ColumnCoder } from "./column-coder.ts";
import { isDate, MILLISECONDS_PER_DAY, MOST_MILLISECONDS } from "./dates.ts";
import { decodeLinear, encodeLinear, linearFeatureNames } from "./linear-feature.ts";
import type { DatePart, DatePreprocessing } from "./preprocessing.ts";

/**
 * Dates: the time that went by as a number, and for each cycle the sine and cosine of where in it a date lies, so that December is
 * next to January and 23:59 next to 0:00. A missing date lies in the middle of each circle.
 *
 * They come back from the time that went by, as whole days where training dates had no times of day.
 */
export function dateCoder(plan: DatePreprocessing): ColumnCoder {
  const { name, parts, hasUnitCycles, hasTimes } = plan;
  const trendNames = linearFeatureNames(name, plan);
  const middle = hasUnitCycles ? 0.5 : 0;
  const radius = hasUnitCycles ? 0.5 : 1;
  return {
    featureNames: [...trendNames, ...parts.flatMap((part) => [`${name} ${part} sine`, `${name} ${part} cosine`])],
    encode(column, from, to, rows, span) {
      const values = column.values as Float64Array;
      encodeLinear(plan, values, from, to, rows, span, MOST_MILLISECONDS);
      for (const [index, part] of parts.entries()) {
        const turnsOf = TURNS[part];
        let target = from * span.width + span.at + trendNames.length + 2 * index;
        for (let row = from; row < to; row++, target += span.width) {
          const value = values[row] as number;
          const isPresent = isDate(value);
          const angle = isPresent ? 2 * Math.PI * turnsOf(value) : 0;
          rows[target] = middle + (isPresent ? radius * Math.sin(angle) : 0);
          rows[target + 1] = middle + (isPresent ? radius * Math.cos(angle) : 0);
        }
      }
    },
    decode(rows, count, span) {
      const values = decodeLinear(plan, rows, count, span);
      const unit = hasTimes ? 1 : MILLISECONDS_PER_DAY;
      return { name, type: "date", values: values.map((value) => Math.round(value / unit) * unit) };
    },
  };
}

/** Where in its cycle a date lies, in turns from 0 to 1: from the start of January, of Monday, of the day. */
const TURNS: Readonly<Record<DatePart, (milliseconds: number) => number>> = {
  month(milliseconds) {
    const date = new Date(milliseconds);
    const daysInMonth = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
    return (date.getUTCMonth() + (date.getUTCDate() - 1) / daysInMonth) / 12;
  },
  weekday(milliseconds) {
    // 1970 began on a Thursday, the fourth day.
    const day = Math.floor(milliseconds / MILLISECONDS_PER_DAY) + 3;
    return (((day % 7) + 7) % 7) / 7;
  },
  hour: (milliseconds) => milliseconds / MILLISECONDS_PER_DAY - Math.floor(milliseconds / MILLISECONDS_PER_DAY),
};
