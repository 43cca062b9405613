/** What the filters of convolutions look for, as exhibits. */
import type { Exhibit, GridExhibit } from "../../models/exhibit.ts";
import type { LayerOutput } from "./layer-outputs.ts";

/** More pictures than these are no longer looked at. */
const MOST_PICTURES = 96;
const IN_A_ROW = 12;
/** As many small kernels side by side as a page is wide. */
const MOST_IN_LINE = 32;

/**
 * The kernels of a convolution as pictures. Of one on images these are what each filter looks for; of one on maps there is a kernel for each
 * map, and the kernels of a filter make a line. None of kernels of a single place, or of other layers.
 *
 * @param name what it is called.
 * @param isOnImage whether the convolution takes in the image itself.
 */
export function filterExhibit(
  { layer }: LayerOutput,
  name: string,
  isOnImage: boolean,
): (GridExhibit & Exhibit) | undefined {
  const kernel = layer.className === "Conv2D" ? layer.variables.find(({ name }) => name === "kernel") : undefined;
  const [height = 1, width = 1, channels = 1, filters = 1] = kernel?.shape ?? [];
  if (kernel === undefined || height * width === 1) return undefined;
  const isPicture = channels === 1 || (channels === 3 && isOnImage);
  const depth = isPicture ? channels : 1;
  const perFilter = isPicture ? 1 : Math.min(channels, MOST_IN_LINE);
  const shown = Math.max(1, Math.min(filters, Math.floor(MOST_PICTURES / perFilter)));
  const weights = kernel.read();
  const size = height * width * depth;
  const values = Float32Array.from({ length: shown * perFilter * size }, (_, at) => {
    const [picture, place] = [Math.floor(at / size), at % size];
    const [filter, map] = [Math.floor(picture / perFilter), picture % perFilter];
    const [pixel, channel] = [Math.floor(place / depth), isPicture ? place % depth : map];
    return weights[(pixel * channels + channel) * filters + filter] as number;
  });
  const most = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) || 1;
  return {
    kind: "grid",
    title: `${name}: ${filters} filters of ${height} × ${width}`,
    note: isPicture ? ofImages(channels) : ofMaps({ channels, perFilter, filters, shown }),
    samples: { shape: [height, width, depth], values, range: [-most, most], areWeights: true },
    columns: isPicture ? Math.min(IN_A_ROW, shown) : perFilter,
    isList: isPicture,
  };
}

function ofImages(channels: number): string {
  const signs =
    channels === 1
      ? "white weighs for it, black against it, and the middle grey weighs nothing."
      : "a colour weighs for what has that colour, and against what has the opposite one; grey weighs nothing.";
  return `What each filter of this layer looks for: ${signs}`;
}

function ofMaps({
  channels,
  perFilter,
  filters,
  shown,
}: Readonly<Record<"channels" | "perFilter" | "filters" | "shown", number>>): string {
  const maps = perFilter < channels ? `the first ${perFilter} of the ${channels} maps` : `each of the ${channels} maps`;
  const lines = shown < filters ? `the first ${shown} of ${filters} filters` : "all filters";
  return (
    `A line for each filter (${lines}), with what it looks for in ${maps} that the layer before makes: white weighs for it, black ` +
    "against it."
  );
}
