import { dateText, MILLISECONDS_PER_DAY } from "./dates.ts";
import { decideCategory } from "./decide-category.ts";
import { leaveOut } from "./decision.ts";
import type { CompleteChoices, Decision } from "./decision.ts";
import { isConstant, linearScale } from "./linear-scale.ts";
import { DATE_PARTS } from "./preprocessing.ts";
import type { DatePart } from "./preprocessing.ts";
import type { DateStatistics } from "./statistics.ts";

/** From how many days on values tell apart the parts of a cycle. */
const FEWEST_DAYS: Readonly<Record<DatePart, number>> = { month: 28, weekday: 2, hour: 0 };

/** Dates are a trend, and the cycles that they go through. */
export function decideDate(statistics: DateStatistics, choices: CompleteChoices): Decision {
  const { name, min, max, median, missing, hasTimes } = statistics;
  if (isConstant(statistics)) return constantDate(statistics, choices);
  // Milliseconds as they are would be of a size that nothing learns from.
  const scale = linearScale(statistics, choices.scaling === "none" ? "standard" : choices.scaling);
  if (scale === undefined) return leaveOut(name, "range", "its dates are too far apart to be scaled");
  const days = (max - min) / MILLISECONDS_PER_DAY;
  return {
    column: {
      name,
      role: "date",
      ...scale,
      parts: DATE_PARTS.filter((part) => days >= FEWEST_DAYS[part] && (part !== "hour" || hasTimes)),
      hasUnitCycles: choices.scaling === "minmax",
      fill: median,
      hasIndicator: missing > 0,
      hasTimes,
    },
  };
}

function constantDate(statistics: DateStatistics, choices: CompleteChoices): Decision {
  const { name, count, missing, min } = statistics;
  const value = dateText(min);
  if (missing === 0) return leaveOut(name, "constant", `all its values are ${value}`);
  return decideCategory({ ...statistics, distinct: 1, frequent: [{ value, count: count - missing }] }, choices);
}
