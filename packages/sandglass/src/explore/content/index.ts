export type { ColumnCard, ColumnPicture } from "./column-cards.ts";
export { isTableContent, renderTableContent, type TableContent } from "./table-content.ts";
