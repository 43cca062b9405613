/** What cells say that hold nothing, in small letters. */
export const missingWords: readonly string[] = [
  "",
  "na",
  "n/a",
  "#n/a",
  "<na>",
  "nan",
  "null",
  "none",
  "nil",
  "-",
  "--",
  "?",
  "#div/0!",
  "#value!",
  "#ref!",
];
