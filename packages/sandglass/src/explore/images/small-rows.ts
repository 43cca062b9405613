/** Samples as rows of numbers to be compared by: images are made small, which keeps what they show and makes it quick. */
import { dataset, type Dataset } from "@sandglass/core";

/** Neither side is longer. */
const LONGEST = 32;

/** Each image with squares of pixels replaced by their means; samples that are no images stay as they are. */
export function smallRows(data: Dataset): Dataset {
  const [height = 1, width = 1, channels = 1] = data.shape;
  const factor = data.shape.length === 3 ? Math.ceil(Math.max(height, width) / LONGEST) : 1;
  if (factor === 1) return data;
  const [down, across] = [Math.ceil(height / factor), Math.ceil(width / factor)];
  const [from, to] = [height * width * channels, down * across * channels];
  const values = new Float32Array(data.count * to);
  const weights = new Float32Array(to);
  // Where each value goes is the same for all samples.
  const places = Uint32Array.from({ length: from }, (_, at) => {
    const [pixel, channel] = [Math.floor(at / channels), at % channels];
    const [row, column] = [Math.floor(pixel / width), pixel % width];
    return (Math.floor(row / factor) * across + Math.floor(column / factor)) * channels + channel;
  });
  for (const place of places) weights[place] = (weights[place] as number) + 1;
  for (let sample = 0; sample < data.count; sample++) {
    const row = values.subarray(sample * to, (sample + 1) * to);
    for (let at = 0; at < from; at++) {
      const place = places[at] as number;
      row[place] = (row[place] as number) + (data.values[sample * from + at] as number) * data.scale;
    }
    for (let place = 0; place < to; place++) row[place] = (row[place] as number) / (weights[place] as number);
  }
  return dataset(data.name, [down, across, channels], values);
}
