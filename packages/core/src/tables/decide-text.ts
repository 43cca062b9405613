import { decideCategory } from "./decide-category.ts";
import { formatCount, leaveOut } from "./decision.ts";
import type { CompleteChoices, Decision } from "./decision.ts";
import { isMostlyDifferent, isUnique } from "./identifier.ts";
import type { TextStatistics } from "./statistics.ts";

/** Texts longer than that, in characters, are sentences and not names. */
const LONG = 50;
/** From this share of numbers on, a column of texts was probably meant to hold numbers. */
const MOSTLY_NUMBERS = 0.8;

/** Texts are categories, unless they name the rows or are prose. */
export function decideText(statistics: TextStatistics, choices: CompleteChoices): Decision {
  const { name, distinct, count, missing, meanLength } = statistics;
  const keep = `to keep it, give it the role "category"`;
  const different = `${formatCount(distinct)} of its ${formatCount(count - missing)} values are different`;
  const stray = strayText(statistics);
  if (stray !== undefined && isMostlyDifferent(statistics)) {
    return leaveOut(
      name,
      "text",
      `it holds text, though most of its values are numbers; mend values such as "${stray}", or read the column as numbers, ` +
        "so that others count as missing",
    );
  }
  if (isUnique(statistics) && meanLength <= LONG && !statistics.frequent.some(({ value }) => /\s/u.test(value))) {
    return leaveOut(name, "identifier", `${different}, so it seems to name the rows; ${keep}`);
  }
  if (isMostlyDifferent(statistics)) return leaveOut(name, "text", `${different}, which is free text; ${keep}`);
  if (meanLength > LONG && distinct > choices.maxCategories) {
    return leaveOut(
      name,
      "text",
      `its texts have ${Math.round(meanLength)} characters on average, which is free text; ${keep}`,
    );
  }
  return decideCategory(statistics, choices);
}

/** The most frequent text that is no number, where nearly all are numbers. */
function strayText({ frequent }: TextStatistics): string | undefined {
  const strays = frequent.filter(({ value }) => value.trim() === "" || !Number.isFinite(Number(value)));
  return strays.length <= (1 - MOSTLY_NUMBERS) * frequent.length ? strays[0]?.value : undefined;
}
