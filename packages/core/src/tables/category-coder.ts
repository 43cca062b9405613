import { bucketOf } from "./bucket.ts";
import type { Column, ColumnType } from "./column.ts";
import type { ColumnCoder } from "./column-coder.ts";
import type { CategoryPreprocessing } from "./preprocessing.ts";

/**
 * Categories, one-hot: a feature for each, then those that other categories share, then that of missing values. Where there is
 * no feature to show a value, because training rows had no such one, all are 0.
 *
 * They come back by the largest feature. A shared one stands for its most frequent category in training; where no feature is above
 * 0 the value is missing.
 */
export function categoryCoder({ name, type, categories, others, hasMissing }: CategoryPreprocessing): ColumnCoder {
  const numbers = new Map(categories.map((category, index) => [category, index]));
  const missingFeature = hasMissing ? categories.length + others.length : -1;
  const numFeatures = categories.length + others.length + (hasMissing ? 1 : 0);
  const values: readonly (string | undefined)[] = [...categories, ...others.map((value) => value ?? "(other)")];

  function featureOf(value: string | undefined): number {
    if (value === undefined) return missingFeature;
    const number = numbers.get(value);
    if (number !== undefined) return number;
    return others.length === 0 ? -1 : categories.length + bucketOf(value, others.length);
  }

  return {
    featureNames: [
      ...categories.map((category) => `${name}=${category}`),
      ...others.map((_, index) => (others.length === 1 ? `${name} other` : `${name} other ${index + 1}`)),
      ...(hasMissing ? [`${name} missing`] : []),
    ],
    encode(column, from, to, rows, { at, width }) {
      const texts = column.values as readonly (string | undefined)[];
      for (let row = from, target = from * width + at; row < to; row++, target += width) {
        const feature = featureOf(texts[row]);
        if (feature >= 0) rows[target + feature] = 1;
      }
    },
    decode(rows, count, { at, width }) {
      const texts: (string | undefined)[] = [];
      for (let row = 0, source = at; row < count; row++, source += width) {
        let largest = 0;
        let value: string | undefined;
        for (let feature = 0; feature < numFeatures; feature++) {
          const size = rows[source + feature] as number;
          if (size > largest) [largest, value] = [size, values[feature]];
        }
        texts.push(value);
      }
      return TYPED[type](name, texts);
    },
  };
}

/** Categories in the type that they had in training. */
const TYPED: Readonly<Record<ColumnType, (name: string, texts: readonly (string | undefined)[]) => Column>> = {
  text: (name, values) => ({ name, type: "text", values }),
  number: (name, texts) => ({ name, type: "number", values: Float64Array.from(texts, Number) }),
  date: (name, texts) => ({ name, type: "date", values: Float64Array.from(texts, (text) => Date.parse(text ?? "")) }),
};
