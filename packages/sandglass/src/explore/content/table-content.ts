/** What pages about tables show beside exhibits. What is new gets its file, and a line in the table. */
import type { Html } from "../../report/index.ts";
import { drawColumnCards, type ColumnCards } from "./column-cards.ts";
import { drawHeatMap, type HeatMap } from "./heat-map.ts";

export type TableContent = ColumnCards | HeatMap;

const DRAWERS: { readonly [K in TableContent["kind"]]: (content: Extract<TableContent, { kind: K }>) => Html } = {
  columns: drawColumnCards,
  heat: drawHeatMap,
};

export function isTableContent(content: { readonly kind: string }): content is TableContent {
  return Object.hasOwn(DRAWERS, content.kind);
}

/** It belongs into an element of the class `exhibit`. */
export function renderTableContent<K extends TableContent["kind"]>(content: Extract<TableContent, { kind: K }>): Html {
  return DRAWERS[content.kind](content);
}
