/** Samples as rows of numbers to be compared by: images are made small, which keeps what they show and makes it quick. */
import { dataset, type Dataset } from "@sandglass/core";
import type { ContentArea } from "./content-area.ts";

/** Neither side is longer. */
const LONGEST = 32;

/**
 * Each image with rectangles of pixels replaced by their means; samples that are no images stay as they are.
 *
 * @param areaOf where the image lies in each sample; all of it unless given. What is left is stretched, so that margins are no likeness.
 */
export function smallRows(data: Dataset, areaOf?: (sample: number) => ContentArea): Dataset {
  const [height = 1, width = 1, channels = 1] = data.shape;
  const factor = data.shape.length === 3 ? Math.ceil(Math.max(height, width) / LONGEST) : 1;
  if (data.shape.length !== 3 || (factor === 1 && areaOf === undefined)) return data;
  const [down, across] = [Math.ceil(height / factor), Math.ceil(width / factor)];
  const [from, to] = [height * width * channels, down * across * channels];
  const whole: ContentArea = { top: 0, bottom: height, left: 0, right: width };
  const values = new Float32Array(data.count * to);
  for (let sample = 0; sample < data.count; sample++) {
    const { top, bottom, left, right } = areaOf?.(sample) ?? whole;
    const pixels = data.values.subarray(sample * from, (sample + 1) * from);
    for (let row = 0; row < down; row++) {
      const [firstRow, endRow] = part(row, down, top, bottom);
      for (let column = 0; column < across; column++) {
        const [firstColumn, endColumn] = part(column, across, left, right);
        const area = (endRow - firstRow) * (endColumn - firstColumn);
        for (let channel = 0; channel < channels; channel++) {
          let sum = 0;
          for (let y = firstRow; y < endRow; y++) {
            for (let x = firstColumn; x < endColumn; x++) sum += pixels[(y * width + x) * channels + channel] as number;
          }
          values[sample * to + (row * across + column) * channels + channel] = (sum / area) * data.scale;
        }
      }
    }
  }
  return dataset(data.name, [down, across, channels], values);
}

/** The part of a length that belongs to one of `of` equal places: a pixel at least. */
function part(place: number, of: number, begin: number, end: number): readonly [first: number, end: number] {
  const length = end - begin;
  const first = begin + Math.floor((place * length) / of);
  return [first, Math.max(first + 1, begin + Math.floor(((place + 1) * length) / of))];
}
