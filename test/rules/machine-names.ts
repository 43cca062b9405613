// What is committed must hold on every machine: no folder of the author's, no address of a registry or of a private network.
import type { SourceFile } from "./source-file.ts";

const patterns: ReadonlyArray<readonly [string, RegExp]> = [
  ["a path of one machine", /(?<![\w.~@}\])-])\/(?:work|tmp|root|home|Users)\/[\w.-]+/],
  ["a path of one machine", /\b[A-Z]:\\Users\\/],
  [
    "the host of a package registry",
    /\b(?:registry|npm|npmjs|artifactory|nexus|verdaccio|pypi|pythonhosted)(?:\.[\w-]+)*\.(?:com|dev|internal|io|local|net|org)\b/,
  ],
  ["an address in a private network", /\b(?:10\.\d+|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d+\.\d+\b/],
];

/** The lines that name something of one machine. */
export function machineNames(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, text }) =>
    text.split("\n").flatMap((line, index) => {
      const [what, pattern] = patterns.find(([, candidate]) => candidate.test(line)) ?? [];
      const found = pattern?.exec(line)?.[0];
      return found === undefined ? [] : [`${path}:${index + 1} names ${what}: ${found}`];
    }),
  );
}
