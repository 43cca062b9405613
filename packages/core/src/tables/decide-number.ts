import { decideCategory } from "./decide-category.ts";
import { formatCount, leaveOut } from "./decision.ts";
import type { CompleteChoices, Decision } from "./decision.ts";
import { isNamedLikeIdentifier, isNumberIdentifier, isUnique } from "./identifier.ts";
import { isConstant, linearScale } from "./linear-scale.ts";
import type { NumberStatistics } from "./statistics.ts";

/** Numbers are numbers, unless they number the rows. */
export function decideNumber(statistics: NumberStatistics, choices: CompleteChoices): Decision {
  const { name, min, max, distinct } = statistics;
  if (isNumberIdentifier(statistics)) {
    return leaveOut(
      name,
      "identifier",
      `its ${formatCount(distinct)} whole numbers from ${min} to ${max} are all different and seem to number the rows; ` +
        `to keep it, give it the role "number"`,
    );
  }
  const decision = numberColumn(statistics, choices);
  if ("leftOut" in decision || !statistics.isInteger || isUnique(statistics) || !isNamedLikeIdentifier(name)) {
    return decision;
  }
  return {
    ...decision,
    note: {
      kind: "named",
      column: name,
      text:
        `column "${name}" is taken as a number, though its name sounds like an identifier; if larger does not mean more, ` +
        `give it the role "category" or "ignore"`,
    },
  };
}

/** A column of numbers that take part as such. */
export function numberColumn(statistics: NumberStatistics, choices: CompleteChoices): Decision {
  const { name, min, max, median, missing, isInteger } = statistics;
  if (isConstant(statistics)) return constantNumber(statistics, choices);
  const scale = linearScale(statistics, choices.scaling);
  if (scale === undefined) {
    return leaveOut(
      name,
      "range",
      `its numbers from ${min} to ${max} are ${choices.scaling === "none" ? "too large to be taken as they are" : "too far apart to be scaled"}; take their logarithms`,
    );
  }
  return {
    column: { name, role: "number", ...scale, fill: median, hasIndicator: missing > 0, isInteger },
  };
}

/** Where all values that are there are the same, it may still tell something that others are missing. */
function constantNumber(statistics: NumberStatistics, choices: CompleteChoices): Decision {
  const { name, count, missing, min, max } = statistics;
  if (missing === 0 || min !== max) return leaveOut(name, "constant", `all its values are ${min}`);
  return decideCategory(
    { ...statistics, distinct: 1, frequent: [{ value: String(min), count: count - missing }] },
    choices,
  );
}
