// Opens a page from the disk, as a user does, and says what is wrong with it.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";

export interface PageView {
  /** Of the window, in pixels. */
  readonly width: number;
  readonly colorScheme: "light" | "dark";
}

/** What no page should have: all empty, and 0, of one that is well. */
export interface PageFaults {
  /** What the console says, whatever its level, and errors that nobody caught. */
  readonly complaints: readonly string[];
  /** What the page asks for beside itself. */
  readonly requests: readonly string[];
  /** Sources of images that show nothing, and of SVG without an extent. */
  readonly broken: readonly string[];
  /** By how many pixels the page is wider than its window. */
  readonly overflow: number;
  /** Elements that reach out of the window, though nothing scrolls them. */
  readonly wide: readonly string[];
}

/** @param html a whole page that needs nothing but itself. */
export async function lookAtPage(
  browser: Browser,
  html: string,
  { width, colorScheme }: PageView,
): Promise<PageFaults> {
  const folder = mkdtempSync(path.join(tmpdir(), "sandglass-page-"));
  const file = path.join(folder, "page.html");
  writeFileSync(file, html);
  const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
  try {
    const [complaints, requests]: [string[], string[]] = [[], []];
    const { href } = pathToFileURL(file);
    page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => complaints.push(`uncaught ${error.message}`));
    page.on("request", (request) => {
      if (request.url() !== href && !request.url().startsWith("data:")) requests.push(request.url());
    });
    await page.goto(href, { waitUntil: "load" });
    return { complaints, requests, ...(await faultsOf(page)) };
  } finally {
    await page.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Of the page as it lies there, with everything unfolded. */
function faultsOf(page: Page): Promise<Pick<PageFaults, "broken" | "overflow" | "wide">> {
  return page.evaluate(async () => {
    for (const details of document.querySelectorAll("details")) details.open = true;
    await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
    const extent = (element: Element): DOMRect => element.getBoundingClientRect();
    const isScrolled = (element: Element): boolean => {
      for (let parent = element.parentElement; parent !== null; parent = parent.parentElement) {
        if (["auto", "scroll", "hidden"].includes(getComputedStyle(parent).overflowX)) return true;
      }
      return false;
    };
    const shown = [...document.body.querySelectorAll("*")].filter((element) => extent(element).width > 0);
    return {
      broken: [
        ...[...document.images].filter((image) => image.naturalWidth === 0).map((image) => image.src.slice(0, 80)),
        ...[...document.querySelectorAll("svg")].flatMap((svg) =>
          extent(svg).width * extent(svg).height === 0 ? [svg.outerHTML.slice(0, 80)] : [],
        ),
      ],
      overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      wide: shown
        .filter((element) => extent(element).right > document.documentElement.clientWidth + 1 && !isScrolled(element))
        .map((element) => element.outerHTML.slice(0, 80)),
    };
  });
}
