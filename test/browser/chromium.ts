// Finds the machine's Chromium and starts it. Tests bring no browser along: Debian's package, or any Chrome, will do.
import { accessSync, constants, statSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { chromium, type Browser } from "playwright-core";
import type { TestContext } from "vitest";

type Environment = Readonly<Record<string, string | undefined>>;

/** Where Debian's package puts it. */
const usualPlaces: readonly string[] = ["/usr/bin/chromium"];
const programs = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

const quiet = [
  "--headless",
  "--no-sandbox", // containers run as root, where the sandbox refuses to start
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * The path of a Chromium or Chrome: `CHROMIUM_PATH` when it is set, else the one at a usual place, else the first on the `PATH`;
 * `undefined` when there is none.
 * @throws when `CHROMIUM_PATH` names something that cannot be run
 */
export function findChromium(environment: Environment = process.env, usual = usualPlaces): string | undefined {
  const chosen = environment["CHROMIUM_PATH"];
  if (chosen !== undefined && chosen !== "") {
    if (isExecutable(chosen)) return chosen;
    throw new Error(
      `CHROMIUM_PATH is "${chosen}", which is no program that can be run. Set it to the path of a Chromium or Chrome, or unset it.`,
    );
  }
  const folders = (environment["PATH"] ?? "").split(path.delimiter).filter((folder) => folder !== "");
  const onPath = folders.flatMap((folder) => programs.map((program) => path.join(folder, program)));
  return [...usual, ...onPath].find(isExecutable);
}

/**
 * Starts a Chromium without a window, with an empty profile that is thrown away when it closes.
 * @throws when there is none, saying how to get one
 */
export async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error(howToGetChromium);
  return chromium.launch({ executablePath, args: quiet });
}

const howToGetChromium =
  `Found no Chromium: neither ${usualPlaces.join(" nor ")} nor a chromium or google-chrome on the PATH. ` +
  "Install it (Debian: apt-get install chromium) or set CHROMIUM_PATH to one.";

/**
 * Why tests in the browser are skipped: there is no Chromium. `undefined` where there is one, and where the environment sets
 * `CI`: there nothing is skipped, and a test that finds no browser fails.
 */
export function skipReason(environment: Environment = process.env, usual = usualPlaces): string | undefined {
  const isCi = !["", "0", "false"].includes(environment["CI"] ?? "");
  return isCi || findChromium(environment, usual) !== undefined ? undefined : howToGetChromium;
}

/** For `beforeEach`: skips the test, with the reason, on a machine without Chromium. */
export function skipWithoutChromium({ skip }: Pick<TestContext, "skip">): void {
  const reason = skipReason();
  if (reason !== undefined) skip(reason);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
