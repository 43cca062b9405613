export { examinationExhibits } from "./examination-exhibits.ts";
export { renderReport } from "./render-report.ts";
