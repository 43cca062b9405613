/** From what was found to what is shown. */
import { dataset, tables, type Dataset } from "@sandglass/core";
import { inOwnColumns } from "../../report/index.ts";
import { advise } from "../advise.ts";
import { augmentationSection } from "../augmentation-section.ts";
import type { Exploration, ExploreRequest, ExploreServices, Section } from "../exploration.ts";
import { columnSection } from "./column-section.ts";
import { figuresOf } from "./figures.ts";
import type { TableFindings } from "./findings.ts";
import { RULES } from "./rules.ts";
import { leadOf, summaryOf, tilesOf } from "./summarize.ts";
import { correlationSection, dateSection, labelSection, missingSection } from "./table-sections.ts";
import { trainCommand } from "./train-command.ts";
import { unusualSection } from "./unusual-section.ts";

export async function present(
  findings: TableFindings,
  request: ExploreRequest,
  services: ExploreServices,
): Promise<Exploration> {
  const advice = advise(RULES, findings);
  return {
    name: findings.profile.name,
    lead: leadOf(findings),
    tiles: tilesOf(findings),
    sections: [
      columnSection(findings),
      ...missingSection(findings),
      ...labelSection(findings),
      ...correlationSection(findings),
      ...dateSection(findings),
      ...unusualSection(findings),
      ...(await augmentedRows(findings, request, services)),
    ],
    notes: findings.profile.notes,
    advice,
    command: trainCommand(findings, request),
    summary: summaryOf(findings),
    figures: figuresOf(findings, advice),
  };
}

/** Rows that were looked at, before and after, in the user's own columns; none where there is nothing to learn from. */
async function augmentedRows(
  { plan, sample, profile }: TableFindings,
  request: ExploreRequest,
  services: ExploreServices,
): Promise<readonly Section[]> {
  if (request.augment === undefined || plan === undefined) return [];
  const encoder = new tables.TableEncoder(plan);
  const rows: Dataset = dataset(profile.name, [encoder.width], encoder.transform(sample.columns));
  return augmentationSection(rows, request, services, (exhibit) => inOwnColumns(exhibit, encoder));
}
