/** Words as shells take them. */

/** As it is where all of its characters are plain, else in quotes. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/u.test(word) ? word : singleQuoted(word);
}

/** In quotes, for options within sentences: in double ones, which every shell knows, but where these would not keep it as it is. */
export function quotedWord(word: string): string {
  return /["$`\\]/u.test(word) ? singleQuoted(word) : `"${word}"`;
}

function singleQuoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
