/** Samples out of named arrays: values, labels and the names of classes, of each part of a set. */
import { dataset, DatasetError, type Dataset, type NpyArray, type NpyNumbers } from "@sandglass/core";
import { UserError } from "../../errors.ts";
import type { SplitName } from "../registry.ts";
import type { FoundSamples, Note, OpenOptions } from "../sample-format.ts";
import { missingSplit } from "../missing-split.ts";
import type { ArrayChoice, ChosenArrays } from "./choose-arrays.ts";
import { classCoding, knownClassCoding, labelValues, type ClassCoding, type LabelValue } from "./class-labels.ts";
import type { NamedArrays } from "./named-arrays.ts";
import { codedScale, numberKind, type NumberKind, type SampleCoding } from "./sample-coding.ts";
import { sampleLayout, toChannelsLast } from "./sample-layout.ts";
import { valueScale, type ValueScale } from "./value-scale.ts";

/** The largest float32. */
const LARGEST = 3.4028234663852886e38;

/**
 * The samples of chosen arrays. Scale and classes are decided once for all parts, by the first part and by the labels of all, so that no value and
 * no class means one thing in one part and another in the next; or they were decided before, by other arrays.
 *
 * @throws UserError when `load` finds arrays that are no samples, or do not go together.
 */
export class ArraySamples implements FoundSamples {
  readonly splits: readonly SplitName[];
  readonly #name: string;
  readonly #arrays: NamedArrays;
  readonly #choice: ArrayChoice;
  readonly #note: Note;
  readonly #noted = new Set<string>();
  readonly #known: SampleCoding | undefined;
  #numberKind: NumberKind | undefined;
  #scale: ValueScale | undefined;
  #coding: ClassCoding | undefined;

  /**
   * @param name what the data set is called.
   * @param known what was decided by other arrays, which these are to be read like.
   */
  constructor(name: string, arrays: NamedArrays, choice: ArrayChoice, { note, coding }: OpenOptions) {
    this.splits = choice.parts.flatMap(({ split }) => split ?? []);
    this.#name = name;
    this.#arrays = arrays;
    this.#choice = choice;
    this.#note = note;
    this.#known = coding;
  }

  get coding(): SampleCoding | undefined {
    if (this.#scale === undefined || this.#numberKind === undefined) return undefined;
    const classes = this.#coding?.classes;
    return { numbers: this.#numberKind, scale: this.#scale.scale, ...(classes !== undefined && { classes }) };
  }

  async load(split: SplitName): Promise<Dataset> {
    for (const line of this.#choice.notes) this.#say(line);
    const part = this.#partOf(split);
    const samples = await this.#numbers(part);
    const what = this.#arrays.choiceOf(part.samples);
    const { count, shape, isChannelFirst } = sampleLayout(what, samples.shape);
    if (isChannelFirst) {
      this.#say(`${part.samples} [${samples.shape.join(", ")}] has its channels first; they were put last`);
    }
    const { dtype, scale } = await this.#scaleOf(part, samples);
    const flat = dtype === "uint8" ? asBytes(samples.data) : asFloats(what, samples);
    const values = isChannelFirst ? toChannelsLast(flat, shape, flat.slice()) : flat;
    const labels = await this.#labelsOf(part, count);
    const coding = labels && (await this.#codingOf(labels));
    return checked(() => {
      const encoded = labels && coding?.encode(labels);
      const data = dataset(what, shape, values, { scale, labels: encoded, classNames: encoded && coding?.classNames });
      return { ...data, name: this.#name };
    });
  }

  #partOf(split: SplitName): ChosenArrays {
    const [first] = this.#choice.parts;
    const part = first.split === undefined ? first : this.#choice.parts.find((candidate) => candidate.split === split);
    if (part === undefined) throw missingSplit(this.#arrays.path, split, this.splits);
    return part;
  }

  async #numbers({ samples }: ChosenArrays): Promise<NpyNumbers> {
    const array = await this.#arrays.read(samples);
    if (array.dtype !== "text") return array;
    throw new UserError(`${this.#arrays.choiceOf(samples)} holds texts; samples are numbers`);
  }

  /** By the first part, unless it is known. */
  async #scaleOf(part: ChosenArrays, samples: NpyNumbers): Promise<ValueScale> {
    if (this.#scale === undefined) {
      const [first] = this.#choice.parts;
      const reference = part === first ? samples : await this.#numbers(first);
      const isImages = reference.shape.length > 2;
      this.#numberKind = numberKind(reference.dtype);
      this.#scale =
        this.#known === undefined ? valueScale(reference, isImages) : codedScale(reference, isImages, this.#known);
      if (this.#scale.note !== undefined) this.#say(`${first.samples}: ${this.#scale.note}`);
    }
    return this.#scale;
  }

  /** By the labels of all parts, unless it is known. */
  async #codingOf(labels: readonly LabelValue[]): Promise<ClassCoding> {
    const known = this.#known?.classes;
    if (known !== undefined) {
      const coding = knownClassCoding(labels, known, await this.#classNames());
      if (coding.note !== undefined) this.#say(coding.note);
      return coding;
    }
    if (this.#coding === undefined) {
      const all: LabelValue[] = [];
      for (const part of this.#choice.parts) {
        const { shape } = this.#arrays.descriptions.get(part.samples) ?? { shape: [] };
        for (const label of (await this.#labelsOf(part, shape[0] ?? 0)) ?? []) all.push(label);
      }
      this.#coding = classCoding(all, await this.#classNames());
      if (this.#coding.note !== undefined) this.#say(this.#coding.note);
    }
    return this.#coding;
  }

  async #labelsOf({ labels }: ChosenArrays, count: number): Promise<readonly LabelValue[] | undefined> {
    if (labels === undefined) return undefined;
    const array = await this.#arrays.read(labels);
    const values = labelValues(this.#arrays.choiceOf(labels), array, count);
    if (values === undefined) {
      this.#say(
        `${labels} [${array.shape.join(", ")}] has several labels a sample, or none; the samples have no labels`,
      );
    }
    return values;
  }

  async #classNames(): Promise<readonly string[] | undefined> {
    const { classNames } = this.#choice;
    const array: NpyArray | undefined = classNames === undefined ? undefined : await this.#arrays.read(classNames);
    return array?.dtype === "text" ? array.data : undefined;
  }

  #say(line: string): void {
    if (this.#noted.has(line)) return;
    this.#noted.add(line);
    this.#note(line);
  }
}

function asBytes(data: NpyNumbers["data"]): Uint8Array {
  return data instanceof Uint8Array ? data : new Uint8Array(data);
}

function asFloats(what: string, { shape, data }: NpyNumbers): Float32Array {
  if (data instanceof Float32Array) return data;
  const beyond = data.findIndex((value) => Math.abs(value) > LARGEST && Number.isFinite(value));
  if (beyond >= 0) {
    const size = data.length / (shape[0] as number);
    throw new UserError(
      `${what}: sample ${Math.floor(beyond / size)} has ${data[beyond]} at its value ${beyond % size}, and the largest number that can be ` +
        "computed with is 3.4e38; rescale the values, or remove such samples",
    );
  }
  return new Float32Array(data);
}

function checked(make: () => Dataset): Dataset {
  try {
    return make();
  } catch (error) {
    if (error instanceof DatasetError) throw new UserError(error.message, { cause: error });
    throw error;
  }
}
