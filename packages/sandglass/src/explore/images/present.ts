/** From what was found to what is shown. */
import { augmentationExhibit, GraphError, select } from "@sandglass/core";
import { UserError } from "../../errors.ts";
import { advise } from "../advise.ts";
import type { Exploration, ExploreRequest, ExploreServices, Section } from "../exploration.ts";
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
      ...(request.augment === undefined
        ? []
        : [await augmentationSection(findings, request.augment, request.seed, services)]),
    ],
    notes: findings.notes,
    advice,
    command: trainCommand(findings, request),
    summary: summaryOf(findings),
    figures: figuresOf(findings, advice),
  };
}

/** @throws UserError when these samples cannot be changed so. */
async function augmentationSection(
  { inspection: { data } }: Findings,
  augment: string,
  seed: number,
  { device }: ExploreServices,
): Promise<Section> {
  const count = Math.min(fitting(data), data.count);
  const step = data.count / count;
  const some = select(
    data,
    Uint32Array.from({ length: count }, (_, index) => Math.floor(index * step)),
  );
  try {
    const { title, note, ...content } = await augmentationExhibit(some, augment, { seed, device });
    return { title, note, parts: [{ content }] };
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    throw new UserError(`--augment: ${error.message}`, { exitCode: 2, cause: error });
  }
}
