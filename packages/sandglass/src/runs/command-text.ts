import { shellWord } from "../text/shell-words.ts";

/** What was typed, as a shell takes it again: words with anything but plain characters are quoted. */
export function commandText(words: readonly string[]): string {
  return ["sandglass", ...words].map(shellWord).join(" ");
}

/**
 * The command that repeats a training beside the run that is there: without `--out`, which is taken, and `--force`.
 *
 * @param command as `commandText` gives it.
 * @param epochs how many to ask for, where that is not what the command says.
 */
export function repeatingCommand(command: string, epochs?: number): string {
  const words = dropOption(wordsOf(command), ["--out", "-o"]).filter((word) => word !== "--force");
  if (epochs === undefined) return commandText(words);
  return commandText([...dropOption(words, ["--epochs", "-e"]), "--epochs", String(epochs)]);
}

/** The inverse of `commandText`. */
function wordsOf(command: string): string[] {
  const [, ...words] = command.match(/(?:'[^']*'|\\'|[^\s'\\])+/gu) ?? [];
  return words.map((word) => word.replaceAll(/'([^']*)'|\\(')/gu, "$1$2"));
}

/** Words without an option and its value: `--out runs/mine`, `--out=runs/mine`, `-o runs/mine`, `-oruns/mine`. */
function dropOption(words: readonly string[], [long, short]: readonly [long: string, short: string]): string[] {
  return words.filter((word, index) => {
    const before = words[index - 1];
    const isValue = before === long || before === short;
    const isOption = word === long || word.startsWith(`${long}=`) || (/^-[^-]/u.test(word) && word.startsWith(short));
    return !isValue && !isOption;
  });
}
