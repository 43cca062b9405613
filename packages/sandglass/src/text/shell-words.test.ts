import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { quotedWord, shellWord } from "./shell-words.ts";

const WORDS = ["zip", "a b", "it's", 'say "a, b"=number', "$HOME", "`x`", "back\\slash", "a=b,c=d", "", "déjà vu"];

test.each(WORDS)("a shell gives %j back", (word) => {
  for (const text of [shellWord(word), quotedWord(word)]) {
    expect(execFileSync("sh", ["-c", `printf '%s' ${text}`], { encoding: "utf8" })).toBe(word);
  }
});

test("plain words stay as they are, and in sentences all have quotes", () => {
  expect(shellWord("zip=category,a.b/c")).toBe("zip=category,a.b/c");
  expect(quotedWord("zip=category")).toBe('"zip=category"');
});
