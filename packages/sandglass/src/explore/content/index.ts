export type { ColumnCard, ColumnCards, ColumnPicture } from "./column-cards.ts";
export type { HeatMap } from "./heat-map.ts";
export { isTableContent, renderTableContent, type TableContent } from "./table-content.ts";
