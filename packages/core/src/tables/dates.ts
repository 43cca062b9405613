/** Dates as milliseconds since the start of 1970, UTC. */

export const MILLISECONDS_PER_DAY = 86_400_000;

/** Beyond that JavaScript has no dates. */
export const MOST_MILLISECONDS = 8.64e15;

/** Whether there is such a date; others, NaN among them, count as missing. */
export function isDate(milliseconds: number): boolean {
  return Math.abs(milliseconds) <= MOST_MILLISECONDS;
}

/** Whether a date has a time of day other than midnight. */
export function hasTimeOfDay(milliseconds: number): boolean {
  return milliseconds % MILLISECONDS_PER_DAY !== 0;
}

/** `2024-03-01`, or `2024-03-01T12:30:00.000Z` where there is a time of day. */
export function dateText(milliseconds: number): string {
  const text = new Date(milliseconds).toISOString();
  return hasTimeOfDay(milliseconds) ? text : text.slice(0, text.indexOf("T"));
}
