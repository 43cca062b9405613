export { examinationExhibits } from "./examination-exhibits.ts";
export { renderContent } from "./exhibit-section.ts";
export { html, type Html } from "./html.ts";
export { inOwnColumns } from "./own-columns.ts";
export { renderWarnings } from "./notices.ts";
export { renderPage } from "./page.ts";
export { renderExhibitsPage } from "./render-exhibits-page.ts";
export { renderReport } from "./render-report.ts";
export { renderTiles, type Tile } from "./tiles.ts";
