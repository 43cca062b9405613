/** From an exhibit to its section of the page. What is new to look at gets its line in the table, and a file. */
import type { Exhibit, ExhibitContent } from "@sandglass/core";
import { drawBars } from "./bars-exhibit.ts";
import { drawCurves } from "./curves-exhibit.ts";
import { drawFigures } from "./figures-exhibit.ts";
import { drawGrid } from "./grid-exhibit.ts";
import { html, type Html } from "./html.ts";
import { drawMatrix } from "./matrix-exhibit.ts";
import { drawRows } from "./rows-exhibit.ts";
import { drawScatter } from "./scatter-exhibit.ts";
import { drawTable } from "./table-exhibit.ts";

type Kind = ExhibitContent["kind"];
type Content<K extends Kind> = Extract<ExhibitContent, { kind: K }>;

interface Drawer<K extends Kind> {
  /** Pictures come before the curves of the training, what explains the code after them. */
  readonly part: "pictures" | "code";
  /** Whether what is drawn has a frame of its own already. */
  readonly framed: boolean;
  draw(content: Content<K>): Html | Promise<Html>;
}

const DRAWERS: { readonly [K in Kind]: Drawer<K> } = {
  rows: { part: "pictures", framed: false, draw: drawRows },
  grid: { part: "pictures", framed: false, draw: drawGrid },
  table: { part: "pictures", framed: false, draw: drawTable },
  matrix: { part: "pictures", framed: false, draw: drawMatrix },
  curves: { part: "pictures", framed: false, draw: drawCurves },
  scatter: { part: "code", framed: false, draw: drawScatter },
  bars: { part: "code", framed: false, draw: drawBars },
  figures: { part: "code", framed: true, draw: drawFigures },
};

/** The sections of one part of the page, in the order of the exhibits. */
export async function renderExhibits(exhibits: readonly Exhibit[], part: Drawer<Kind>["part"]): Promise<Html[]> {
  return Promise.all(exhibits.filter(({ kind }) => DRAWERS[kind].part === part).map(renderExhibit));
}

async function renderExhibit(exhibit: Exhibit): Promise<Html> {
  return html`<section class="exhibit">
    <h2>${exhibit.title}</h2>
    <p>${exhibit.note}</p>
    ${await renderContent(exhibit)}
  </section>`;
}

/** What there is to see, in a frame; without a heading. It belongs into an element of the class `exhibit`. */
export async function renderContent(content: ExhibitContent): Promise<Html> {
  const drawing = await draw(content);
  return DRAWERS[content.kind].framed ? drawing : html`<div class="card">${drawing}</div>`;
}

function draw<K extends Kind>(content: Content<K>): Html | Promise<Html> {
  return drawerOf(content).draw(content);
}

function drawerOf<K extends Kind>({ kind }: Content<K>): Drawer<K> {
  return DRAWERS[kind];
}
