/** What a network sees in an image, layer by layer, as exhibits. */
import type { Exhibit, GridExhibit, Samples } from "../../models/exhibit.ts";
import type { FeatureMaps } from "./feature-maps.ts";

/** More maps than these are no longer looked at. */
const MOST_MAPS = 96;
const IN_A_ROW = 12;
/** Larger maps are fewer in a row, as a page is so many points wide. */
const PAGE = 960;

/**
 * The maps of one image, an exhibit for each layer.
 *
 * @param maps what `featureMaps` made of one image.
 * @param nameOf what layers are called, by their paths.
 */
export function featureMapExhibits(
  maps: readonly FeatureMaps[],
  nameOf: (path: string) => string = (path) => path,
): Exhibit[] {
  return maps.map((made): GridExhibit & Exhibit => {
    const { className, values } = made;
    const [height, width, channels] = made.shape;
    const [layer, end] = [nameOf(made.layer), nameOf(made.outputOf)];
    const shown = Math.min(MOST_MAPS, channels);
    const some = channels > shown ? `; the first ${shown} of ${channels}` : "";
    const until = end === layer ? "" : `, up to ${end}`;
    return {
      kind: "grid",
      title: `${layer}: ${channels} maps of ${height} × ${width}`,
      note:
        `What each filter of this layer (${className}${until}${some}) answers to: white where it answers most, black where it answers ` +
        "least. Maps that are even have found nothing of theirs in this image.",
      samples: mapSamples([height, width, channels], values, shown),
      columns: Math.min(IN_A_ROW, shown, Math.max(1, Math.floor(PAGE / width))),
      isList: true,
    };
  });
}

/** The channels of [height, width, channels] as grey images one after the other, all from the least to the largest value. */
function mapSamples([height, width, channels]: FeatureMaps["shape"], values: Float32Array, shown: number): Samples {
  const size = height * width;
  const planes = Float32Array.from({ length: shown * size }, (_, place) => {
    const [channel, pixel] = [Math.floor(place / size), place % size];
    return values[pixel * channels + channel] as number;
  });
  const [least, most] = planes.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)] as const, [
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ] as readonly [number, number]);
  return { shape: [height, width, 1], values: planes, range: [least, most] };
}
