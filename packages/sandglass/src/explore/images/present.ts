/** From what was found to what is shown. */
import { select, type Dataset } from "@sandglass/core";
import { advise } from "../advise.ts";
import { augmentationSection } from "../augmentation-section.ts";
import type { Exploration, ExploreRequest, ExploreServices } from "../exploration.ts";
import { figuresOf } from "./figures.ts";
import type { Findings } from "./findings.ts";
import { RULES } from "./rules.ts";
import { countsSection, filesSection, sheetSection, unreadableSection, valuesSection } from "./set-sections.ts";
import { leadOf, summaryOf, tilesOf } from "./summarize.ts";
import { doubtsSection, extremesSection, outliersSection, sameSection } from "./suspect-sections.ts";
import { fitting } from "./shown-samples.ts";
import { trainCommand } from "./train-command.ts";

export async function present(
  findings: Findings,
  request: ExploreRequest,
  services: ExploreServices,
): Promise<Exploration> {
  const advice = advise(RULES, findings);
  return {
    name: findings.set.name,
    lead: leadOf(findings),
    tiles: tilesOf(findings),
    sections: [
      countsSection(findings),
      ...filesSection(findings),
      ...unreadableSection(findings),
      sheetSection(findings),
      valuesSection(findings),
      ...(await sameSection(findings)),
      ...doubtsSection(findings),
      ...outliersSection(findings),
      ...extremesSection(findings),
      ...(await augmentationSection(someOf(findings), request, services)),
    ],
    notes: findings.notes,
    advice,
    command: trainCommand(findings, request),
    summary: summaryOf(findings),
    figures: figuresOf(findings, advice),
  };
}

/** Pictures from all over the set, as many as a sheet has room for. */
function someOf({ inspection: { data } }: Findings): Dataset {
  const count = Math.min(fitting(data), data.count);
  const step = data.count / count;
  return select(
    data,
    Uint32Array.from({ length: count }, (_, index) => Math.floor(index * step)),
  );
}
