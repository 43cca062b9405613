/** What was typed, as a shell takes it again: words with anything but plain characters are quoted. */
export function commandText(words: readonly string[]): string {
  return ["sandglass", ...words].map((word) => (/^[\w@%+=:,./-]+$/u.test(word) ? word : quoted(word))).join(" ");
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
