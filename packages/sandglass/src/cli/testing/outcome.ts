/** What commands are like whatever data they are given: they end well, or say to the user what is wrong. */
import { expect } from "vitest";
import type { Result } from "./run-cli.ts";

/** The figures of a command called with `--json` that has ended well: all of them are finite. */
export function finiteFigures({ code, stdout, stderr }: Result): Readonly<Record<string, number>> {
  expect(code, stderr).toBe(0);
  const { figures, result } = JSON.parse(stdout) as {
    figures?: Record<string, number>;
    result?: { figures: Record<string, number> };
  };
  const entries = Object.entries<number>({ ...(figures ?? result?.figures) });
  expect(entries.length).toBeGreaterThan(0);
  for (const [name, value] of entries) expect(value, name).toSatisfy(Number.isFinite);
  return Object.fromEntries(entries);
}

/** The error of a command that could not go on. It is the user's to mend: no trace of calls, and nothing on standard output. */
export function refusal({ code, stdout, stderr }: Result): { readonly code: number | null; readonly error: string } {
  expect(stdout).toBe("");
  expect([1, 2], stderr).toContain(code);
  expect(stderr).not.toMatch(/fault of Sandglass|^\s+at .+:\d+:\d+/mu);
  return { code, error: /(?<=^error: ).*/msu.exec(stderr)?.[0].trimEnd() ?? "" };
}
