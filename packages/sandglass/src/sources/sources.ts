/** The kinds of data that there are. To add one, add its file and a line here. */
import { stat } from "node:fs/promises";
import { unknownSource } from "../data/index.ts";
import { UserError } from "../errors.ts";
import { isPattern } from "../images/find/index.ts";
import { leakNotes } from "../leaks/index.ts";
import { checkChoiceValues, checkTrainingRequest, checkUseRequest, optionOf } from "./check-choices.ts";
import { imageSource } from "./images/image-source.ts";
import { tableSource } from "./table/table-source.ts";
import { sampleSource } from "./sample-source.ts";
import type {
  ChoiceName,
  DataChoices,
  OpenServices,
  Preparation,
  PreparedData,
  ReadingChoices,
  SourceKind,
  TrainingRequest,
  UsableData,
  UseRequest,
} from "./source-kind.ts";

/** In the order in which they are asked whether something is theirs. */
export const sourceKinds: readonly [SourceKind<"samples">, SourceKind<"table">, SourceKind<"images">] = [
  sampleSource,
  tableSource,
  imageSource,
];

/**
 * The kind of what the user named; where nothing knows it, the first kind, which says what there is.
 *
 * @throws UserError when nothing is there.
 */
export async function kindOf(source: string): Promise<(typeof sourceKinds)[number]> {
  const [first] = sourceKinds;
  if (await first.recognizes(source)) return first;
  // Names say what data are, not that there are any.
  if (!isPattern(source) && !(await exists(source))) throw unknownSource(source);
  for (const kind of sourceKinds) if (await kind.recognizes(source)) return kind;
  return first;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/**
 * Makes sure that data of a kind take what the user chose.
 *
 * @returns the kind.
 * @throws UserError when a choice is for data of other kinds, or is none.
 */
export function checkChoices<Kind extends Pick<SourceKind, "takes" | "title">>(
  source: string,
  kind: Kind,
  choices: DataChoices,
): Kind {
  checkChoiceValues(choices);
  const given = Object.keys(choices) as ChoiceName[];
  const foreign = given.find((name) => choices[name] !== undefined && !kind.takes.includes(name));
  if (foreign === undefined) return kind;
  const takers = sourceKinds.filter(({ takes }) => takes.includes(foreign)).map(({ title }) => title);
  throw new UserError(
    `${optionOf(foreign)} is for ${takers.join(" and ") || "other data"}, and ${source} is read as ${kind.title}; leave it out`,
    { exitCode: 2 },
  );
}

/**
 * Opens what the user named, to make a run with it: a named set, arrays, images or a table, as `sandglass train` does.
 *
 * @param request how, as far as it is not to be seen from the data; seed 0 unless given.
 * @throws UserError when it cannot be used, or a choice is not for data of its kind.
 * @example
 * const request = { choices: { size: "64" }, validation: 0.1, seed: 0 };
 * const data = await openForTraining("photos", request);
 * const autoencoder = models.conv({ code: 32 });
 * await autoencoder.fit(data.training, { epochs: 10, validationData: data.validation });
 * await data.close();
 */
export async function openForTraining(
  source: string,
  { choices = {}, validation, seed = 0 }: Partial<TrainingRequest> = {},
  services: Partial<OpenServices> = {},
): Promise<PreparedData> {
  const request = { choices, validation, seed };
  checkTrainingRequest(request);
  const kind = checkChoices(source, await kindOf(source), choices);
  const data = await kind.openForTraining(source, request, completeServices(services));
  return { ...data, notes: [...data.notes, ...leakNotes(data.leaks, data.validatedWith === "held back")] };
}

/**
 * Opens what the user named, prepared as the data of a run were.
 *
 * @param preparation of `openForTraining`, or of a run that was read back.
 * @param request what of them: the test part, where there are parts, unless given. Files are read as those of the run were, unless given.
 * @throws UserError when it cannot be used, or is of another kind than the run's data.
 * @example
 * const { model, preparation } = await loadRun("runs/last");
 * const scans = await openForUse("scans", preparation, { half: "test", seed: 0 });
 * const scores = await model.score(scans.data);
 */
export async function openForUse(
  source: string,
  preparation: Preparation,
  { half = "test", count, target, seed = 0, ...given }: Partial<UseRequest> = {},
  services: Partial<OpenServices> = {},
): Promise<UsableData> {
  checkUseRequest({ half, seed });
  const kind = await kindOf(source);
  if (kind.kind !== preparation.kind) {
    const wanted = sourceKinds.find((other) => other.kind === preparation.kind)?.title ?? preparation.kind;
    throw new UserError(
      `the run was made with ${wanted}, and ${source} is read as ${kind.title}; give data like the run's`,
      {
        exitCode: 2,
      },
    );
  }
  checkChoices(source, kind, { ...given, count, target });
  const reading = { ...(preparation.kind !== "samples" && preparation.reading), ...chosen(given) };
  return (kind as SourceKind).openForUse(
    source,
    preparation,
    { half, count, target, seed, ...reading },
    completeServices(services),
  );
}

/** Choices without those that are left open. */
function chosen(choices: ReadingChoices): ReadingChoices {
  return Object.fromEntries(Object.entries(choices).filter(([, value]) => value !== undefined));
}

/** In silence, without an end, and without a folder of one's own, unless given. */
export function completeServices({ dataDir, note = () => undefined, signal }: Partial<OpenServices>): OpenServices {
  return { dataDir, note, signal: signal ?? new AbortController().signal };
}
