/** Named sets and arrays as data: samples that are numbers already, or rows of a table of numbers. */
import { tables, type Dataset } from "@sandglass/core";
import {
  hasHalves,
  holdsSamples,
  isShuffled,
  loadDataset,
  namedSets,
  requireHalves,
  splitsOf,
  type SampleCoding,
} from "../data/index.ts";
import { UserError } from "../errors.ts";
import { encodeArray, fitArray, notesOf } from "./array-columns.ts";
import { refuseSplitRules } from "./check-split-rules.ts";
import { describeDownload } from "./describe-download.ts";
import { divideSamples, missingClassesOf, ownRule, type DividedSamples, type SampleParts } from "./divide-samples.ts";
import { hashOf } from "./hash-of.ts";
import { sampleLeaks, type SamplePart } from "./sample-leaks.ts";
import type { OpenServices, SourceKind, SplitRule } from "./source-kind.ts";

/** The part that is held back unless the user says otherwise. */
const HELD_BACK = 0.1;

export const sampleSource: SourceKind<"samples"> = {
  kind: "samples",
  title: "arrays",
  takes: ["count", "split", "ignore", "types", "scaling"],

  recognizes: holdsSamples,

  async openForTraining(source, { choices, validation: asked, seed }, services) {
    const notes: string[] = [];
    const validation = asked ?? ((await splitsOf(source)).includes("validation") ? "validation" : HELD_BACK);
    if (typeof validation === "string") await requireHalves(source, `--validation ${validation}`, validation);
    if (typeof validation === "string") {
      refuseSplitRules(
        choices,
        "samples",
        `they are validated with a part of their own (--validation ${HELD_BACK} holds samples back instead)`,
      );
    } else if (validation === 0) refuseSplitRules(choices, "samples", "--validation 0 holds none back");
    const options = { split: "train", count: choices.count, ...loadOptions(seed, services, notes) } as const;
    let coding: SampleCoding | undefined;
    const data = await loadDataset(source, { ...options, onCoding: (decided) => void (coding = decided) });
    const own =
      typeof validation === "string"
        ? await loadDataset(source, { ...options, split: validation, count: undefined })
        : undefined;
    const divided =
      typeof validation === "number" && validation > 0
        ? divide(data, validation, choices.split, { seed, isShuffled: await isShuffled(source) })
        : undefined;
    const parts: SampleParts = divided?.parts ?? { training: data, validation: own };
    const test = await testPart(source, validation, coding, loadOptions(seed, services, [])).catch((error: unknown) => {
      if (!(error instanceof UserError)) throw error;
      notes.push(`the test part cannot be compared with the others: ${error.message}`);
      return [];
    });
    const encoder = await fitArray(source, parts.training, choices);
    const encode = (part: Dataset): Dataset => (encoder === undefined ? part : encodeArray(source, part, encoder));
    return {
      name: data.name,
      training: encode(parts.training),
      validation: parts.validation && encode(parts.validation),
      validatedWith: typeof validation === "string" ? validation : "held back",
      preparation: { kind: "samples", ...(coding && { coding }), ...(encoder && { preprocessing: encoder.toJSON() }) },
      fingerprint: divided?.fingerprint ?? hashOf(data),
      notes: [...new Set([...notes, ...missingClassesOf(parts), ...notesOf(encoder, parts.training)])],
      leaks: sampleLeaks([...comparedParts(parts, validation, divided?.parts.numbers), ...test]),
      close: () => Promise.resolve(),
    };
  },

  async openForUse(source, { coding, preprocessing }, { half, count, seed }, services) {
    const notes: string[] = [];
    const data = await loadDataset(source, { split: half, count, coding, ...loadOptions(seed, services, notes) });
    return {
      data: preprocessing === undefined ? data : encodeArray(source, data, new tables.TableEncoder(preprocessing)),
      half: (await hasHalves(source)) ? half : undefined,
      sampleNames: undefined,
      notes,
      close: () => Promise.resolve(),
    };
  },
};

function loadOptions(
  seed: number,
  { dataDir, note, signal }: OpenServices,
  notes: string[],
): Parameters<typeof loadDataset>[1] {
  const onNote = (line: string): void => void notes.push(line);
  return { seed, dataDir, signal, onProgress: describeDownload(note), onNote };
}

/** The samples to train on, and those to validate with, which may be the test part. */
function comparedParts(
  { training, validation }: SampleParts,
  validatedWith: number | "validation" | "test",
  numbers: DividedSamples["numbers"] | undefined,
): readonly SamplePart[] {
  const part = typeof validatedWith === "number" ? "validation" : validatedWith;
  return [
    { part: "train", data: training, numbers: numbers?.training },
    ...(validation === undefined ? [] : ([{ part, data: validation, numbers: numbers?.validation }] as const)),
  ];
}

/** The test part of the user's own arrays, to compare the others with; named sets are what they are, and perhaps not there in whole. */
async function testPart(
  source: string,
  validation: number | "validation" | "test",
  coding: SampleCoding | undefined,
  options: Parameters<typeof loadDataset>[1],
): Promise<readonly SamplePart[]> {
  if (validation === "test" || namedSets.some(({ name }) => name === source)) return [];
  if (!(await splitsOf(source)).includes("test")) return [];
  return [{ part: "test", data: await loadDataset(source, { ...options, split: "test", coding }) }];
}

/**
 * By the rule that is asked for; without one, the last of shuffled samples. Any other rule that is not the user's counts as part of the data, because
 * a run that was made with other parts must not go on with these.
 */
function divide(
  data: Dataset,
  validation: number,
  asked: SplitRule | undefined,
  { seed, isShuffled: hasNoOrder }: { readonly seed: number; readonly isShuffled: boolean },
): { readonly parts: DividedSamples; readonly fingerprint: string } {
  const rule = asked ?? (hasNoOrder ? "last" : ownRule(data, validation));
  const parts = divideSamples(data, validation, rule, seed);
  const isAsWas = asked !== undefined || rule === "last";
  return { parts, fingerprint: isAsWas ? hashOf(data) : hashOf(parts.training, parts.validation) };
}
