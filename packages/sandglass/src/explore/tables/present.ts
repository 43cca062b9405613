/** From what was found to what is shown. */
import { advise } from "../advise.ts";
import type { Exploration, ExploreRequest } from "../exploration.ts";
import { columnSection } from "./column-section.ts";
import { figuresOf } from "./figures.ts";
import type { TableFindings } from "./findings.ts";
import { RULES } from "./rules.ts";
import { leadOf, summaryOf, tilesOf } from "./summarize.ts";
import { correlationSection, dateSection, labelSection, missingSection } from "./table-sections.ts";
import { trainCommand } from "./train-command.ts";
import { unusualSection } from "./unusual-section.ts";

export function present(findings: TableFindings, { choices }: ExploreRequest): Exploration {
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
    ],
    notes: findings.profile.notes,
    advice,
    command: trainCommand(findings, choices),
    summary: summaryOf(findings),
    figures: figuresOf(findings, advice),
  };
}
