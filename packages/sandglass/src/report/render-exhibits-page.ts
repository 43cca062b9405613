/** A page of exhibits and nothing else. */
import type { Exhibit } from "@sandglass/core";
import { renderExhibits } from "./exhibit-section.ts";
import { renderPage } from "./page.ts";

/** The whole page, the exhibits in their order where all of them are pictures. */
export async function renderExhibitsPage({
  title,
  lead,
  exhibits,
}: {
  readonly title: string;
  /** What the page is about, in a sentence. */
  readonly lead: string;
  readonly exhibits: readonly Exhibit[];
}): Promise<string> {
  const main = [...(await renderExhibits(exhibits, "pictures")), ...(await renderExhibits(exhibits, "code"))];
  return renderPage({ title, lead, main });
}
