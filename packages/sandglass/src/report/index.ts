export type { Comparison } from "./comparison.ts";
export { examinationExhibits } from "./examination-exhibits.ts";
export { renderReport, type ReportContent } from "./render-report.ts";
