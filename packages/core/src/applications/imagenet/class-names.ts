/** The classes of ImageNet, and the readable form of what a network predicts of them. */
import { CLASS_TABLE } from "./class-table.ts";

/** One of the 1,000 classes. */
export interface ImageNetClass {
  /** The synset in WordNet 3.0: `n01440764`. */
  readonly synset: string;
  /** `tench`; words are joined by `_`, and two classes share the word `crane`, two `maillot`. */
  readonly name: string;
}

/** A class, and how probable a network found it. */
export interface DecodedPrediction extends ImageNetClass {
  /** From 0 to 999. */
  readonly index: number;
  readonly score: number;
}

export interface DecodePredictionsOptions {
  /** How many of the most probable classes; 5 unless given. */
  readonly top?: number;
}

let table: readonly ImageNetClass[] | undefined;

/** The 1,000 classes, in the order of a network's outputs. */
export function imageNetClasses(): readonly ImageNetClass[] {
  table ??= CLASS_TABLE.trim()
    .split("\n")
    .map((line) => {
      const [synset = "", name = ""] = line.split(" ");
      return { synset, name };
    });
  return table;
}

/**
 * The most probable classes of each sample, best first, as Keras's `decode_predictions`; of equal ones the later class first, as there.
 *
 * @param predictions 1,000 numbers for each sample, one sample after the other.
 * @throws RangeError when their number is no multiple of 1,000, or `top` is not from 1 to 1,000.
 *
 * @example
 * const [[best]] = decodePredictions(await network.predict(preprocessInput(images)));
 */
export function decodePredictions(
  predictions: Float32Array,
  { top = 5 }: DecodePredictionsOptions = {},
): DecodedPrediction[][] {
  const classes = imageNetClasses();
  const { length } = classes;
  if (predictions.length === 0 || predictions.length % length !== 0) {
    throw new RangeError(
      `predictions must hold ${length} numbers for each sample, one for each class of ImageNet; ${predictions.length} came`,
    );
  }
  if (!(Number.isInteger(top) && top >= 1 && top <= length)) {
    throw new RangeError(`top must be a whole number from 1 to ${length}; ${top} came`);
  }
  return Array.from({ length: predictions.length / length }, (_, sample) => {
    const scores = predictions.subarray(sample * length, (sample + 1) * length);
    const order = Array.from(scores.keys()).toSorted((a, b) => (scores[b] as number) - (scores[a] as number) || b - a);
    return order
      .slice(0, top)
      .map((index) => ({ ...(classes[index] as ImageNetClass), index, score: scores[index] as number }));
  });
}
