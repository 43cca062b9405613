import { decideCategory } from "./decide-category.ts";
import { formatCount, leaveOut } from "./decision.ts";
import type { CompleteChoices, Decision } from "./decision.ts";
import { isMostlyDifferent, isNamedLikeIdentifier, isUnique } from "./identifier.ts";
import type { TextStatistics } from "./statistics.ts";

/** Texts longer than that, in characters, are sentences and not names. */
const LONG = 50;
/** Where values come less often than that on average, they are measured or written, and not chosen from a list. */
const ROWS_PER_VALUE = 10;

/** Texts are categories, unless they name the rows, are prose, or should have been numbers. */
export function decideText(statistics: TextStatistics, choices: CompleteChoices): Decision {
  const { name, distinct, count, missing, meanLength } = statistics;
  const present = count - missing;
  const keep = `to keep it, give it the role "category"`;
  const different = `${formatCount(distinct)} of its ${formatCount(present)} values are different`;
  const isVaried = distinct > choices.maxCategories && distinct > present / ROWS_PER_VALUE;

  if (isUnique(statistics) && (isNamedLikeIdentifier(name) || (meanLength <= LONG && !hasSeveralWords(statistics)))) {
    return leaveOut(name, "identifier", `${different}, so it seems to name the rows; ${keep}`);
  }
  const stray = isVaried ? strayText(statistics) : undefined;
  if (stray !== undefined) {
    return leaveOut(
      name,
      "text",
      `it holds text, though most of its values are numbers; mend values such as "${stray}", or have the column read as ` +
        "numbers, so that they count as missing",
    );
  }
  if (isMostlyDifferent(statistics)) return leaveOut(name, "text", `${different}, too many to be categories; ${keep}`);
  if (isVaried && meanLength > LONG) {
    return leaveOut(
      name,
      "text",
      `${different} and have ${Math.round(meanLength)} characters on average, which is free text; ${keep}`,
    );
  }
  return decideCategory(statistics, choices);
}

/** The most frequent text that is no number, where most texts are numbers. */
function strayText({ frequent }: TextStatistics): string | undefined {
  const strays = frequent.filter(({ value }) => value.trim() === "" || !Number.isFinite(Number(value)));
  return strays.length < frequent.length / 2 ? strays[0]?.value : undefined;
}

function hasSeveralWords({ frequent }: TextStatistics): boolean {
  return frequent.filter(({ value }) => /\s/u.test(value)).length > frequent.length / 2;
}
