export { renderReport, type ReportContent } from "./render-report.ts";
