/** Named sets and arrays as data: samples that are numbers already, or rows of a table of numbers. */
import { select, split, splitNumbers, tables, type Dataset } from "@sandglass/core";
import { hasHalves, holdsSamples, loadDataset, requireHalves, splitsOf, type SampleCoding } from "../data/index.ts";
import { UserError } from "../errors.ts";
import { encodeArray, fitArray, notesOf } from "./array-columns.ts";
import { describeDownload } from "./describe-download.ts";
import { hashOf } from "./hash-of.ts";
import { missingClassNotes } from "./missing-class-notes.ts";
import type { DataChoices, OpenServices, SourceKind } from "./source-kind.ts";

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
    const options = { split: "train", count: choices.count, ...loadOptions(seed, services, notes) } as const;
    let coding: SampleCoding | undefined;
    const data = await loadDataset(source, { ...options, onCoding: (decided) => void (coding = decided) });
    const own =
      typeof validation === "string"
        ? await loadDataset(source, { ...options, split: validation, count: undefined })
        : undefined;
    const parts: Parts =
      typeof validation === "number" ? divide(data, validation, choices, seed) : { training: data, validation: own };
    const encoder = await fitArray(source, parts.training, choices);
    const encode = (part: Dataset): Dataset => (encoder === undefined ? part : encodeArray(source, part, encoder));
    return {
      name: data.name,
      training: encode(parts.training),
      validation: parts.validation && encode(parts.validation),
      validatedWith: typeof validation === "string" ? validation : "held back",
      preparation: { kind: "samples", ...(coding && { coding }), ...(encoder && { preprocessing: encoder.toJSON() }) },
      fingerprint: hashOf(data),
      notes: [...new Set([...notes, ...missingOf(parts), ...notesOf(encoder)])],
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

interface Parts {
  readonly training: Dataset;
  readonly validation: Dataset | undefined;
}

/** The last ones are held back, as publishers of such sets have it, unless the user wants it otherwise. */
function divide(data: Dataset, validation: number, { split: rule = "last" }: DataChoices, seed: number): Parts {
  if (validation === 0) return { training: data, validation: undefined };
  if (rule === "last") return split(data, { validation });
  const { labels } = data;
  if (rule === "stratified" && labels === undefined) {
    throw new UserError(`--split stratified needs labels, and ${data.name} has none`, { exitCode: 2 });
  }
  const numbers = splitNumbers(data.count, { validation, seed, ...(rule === "stratified" && { labels }) });
  return { training: select(data, numbers.training), validation: select(data, numbers.validation) };
}

function missingOf({ training, validation }: Parts): readonly string[] {
  if (training.labels === undefined || validation?.labels === undefined) return [];
  const nameOf = (label: string | number): string => training.classNames?.[Number(label)] ?? String(label);
  return missingClassNotes(training.labels, validation.labels, nameOf);
}
