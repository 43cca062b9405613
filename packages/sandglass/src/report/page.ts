/** The frame of every page that needs nothing but itself: its head with the styles, the heading, and what is below. */
import { readFile } from "node:fs/promises";
import { Html, html } from "./html.ts";

export interface PageContent {
  readonly title: string;
  /** What the page is about, in a sentence. */
  readonly lead: string;
  readonly main: Html | readonly Html[];
  /** Files of styles beside those that all pages have. */
  readonly styles?: readonly URL[] | undefined;
}

const STYLES = ["report.css", "exhibits.css"].map((name) => new URL(name, import.meta.url));

/** The whole page. */
export async function renderPage({ title, lead, main, styles: more = [] }: PageContent): Promise<string> {
  const styles = await Promise.all([...STYLES, ...more].map((file) => readFile(file, "utf8")));
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} – Sandglass</title>
        <style>
          ${new Html(styles.join("\n"))}
        </style>
      </head>
      <body>
        <header>
          <p class="brand">${LOGO} Sandglass</p>
          <h1>${title}</h1>
          <p class="lead">${lead}</p>
        </header>
        <main>${main}</main>
      </body>
    </html>`;
  return page.text.replaceAll(/\n\s*\n/gu, "\n");
}

const LOGO = new Html(
  '<svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true"><path d="M5 3h14M5 21h14M7 3c0 6 5 6 5 9s-5 3-5 9M17 ' +
    '3c0 6-5 6-5 9s5 3 5 9" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round"/>' +
    '<path d="M9 20c0-2.5 1.6-3.6 3-4.4 1.4.8 3 1.9 3 4.4z" fill="currentColor"/></svg>',
);
