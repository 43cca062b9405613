// Runs a TypeScript page in a real Chromium and hands its result to the test.
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { bundle, pageBundle } from "./bundle.ts";
import { launchChromium } from "./chromium.ts";
import { serve } from "./serve.ts";

export interface ChromiumRun {
  /**
   * The page's module, as in `new URL("./page.ts", import.meta.url)`. It sets `window.result` to a value, or a promise of
   * one, that JSON can carry.
   */
  readonly entry: URL;
  /** Whether the page is cross-origin isolated, which SharedArrayBuffer needs. */
  readonly coopCoep: boolean;
  /** Milliseconds until the run is given up. Default: 60,000. */
  readonly timeout?: number;
  /** Files for the page to fetch, by their names: `"weights.h5"` at `/weights.h5`. */
  readonly files?: ReadonlyMap<string, Uint8Array>;
}

/**
 * Bundles a page with its workers, opens it in Chromium and returns what `window.result` resolves to.
 * @throws when the page or one of its modules fails, rejects its result or runs out of time; the message carries what the
 * browser's console said
 */
export async function runInChromium({
  entry,
  coopCoep,
  timeout = 60_000,
  files: given = new Map(),
}: ChromiumRun): Promise<unknown> {
  const files = new Map<string, string | Uint8Array>([...given, ...(await bundle(fileURLToPath(entry)))]);
  files.set("index.html", indexHtml);
  const server = await serve(files, { coopCoep });
  try {
    const browser = await launchChromium();
    try {
      const page = await browser.newPage();
      const log = collectLog(page);
      try {
        return await pageResult(page, server.origin, timeout);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new Error([`${entry.pathname} failed in Chromium: ${reason}`, ...log].join("\n  "), { cause: error });
      }
    } finally {
      await browser.close();
    }
  } finally {
    await server.close();
  }
}

const indexHtml = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script type="module" src="./${pageBundle}"></script>`;

/** Everything the page complains about, in words, as it happens. */
function collectLog(page: Page): string[] {
  const log: string[] = [];
  page.on("console", (message) => log.push(`console.${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => log.push(`uncaught ${error.stack ?? error.message}`));
  page.on("requestfailed", (request) =>
    log.push(`no answer: ${request.url()} (${request.failure()?.errorText ?? ""})`),
  );
  page.on("response", (response) => {
    if (!response.ok()) log.push(`${response.status()}: ${response.url()}`);
  });
  return log;
}

async function pageResult(page: Page, origin: string, timeout: number): Promise<unknown> {
  const failed = Promise.withResolvers<never>();
  page.once("pageerror", (error) => failed.reject(error));
  page.once("crash", () => failed.reject(new Error("The page crashed.")));
  const timer = setTimeout(() => failed.reject(new Error(`There was no result within ${timeout} ms.`)), timeout);
  try {
    return await Promise.race([readResult(page, origin), failed.promise]);
  } finally {
    clearTimeout(timer);
  }
}

async function readResult(page: Page, origin: string): Promise<unknown> {
  // "load" comes after module scripts have run, up to their first top-level await.
  await page.goto(origin, { waitUntil: "load" });
  await page.waitForFunction(() => "result" in window, undefined, { timeout: 0 });
  const json = await page.evaluate(async () => JSON.stringify(await window.result));
  return JSON.parse(json) as unknown;
}
