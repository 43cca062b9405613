/** A network's filters and what they make of an image, layer by layer, as exhibits. */
import type { Dataset } from "../../data/dataset.ts";
import { GraphError } from "../../graph/error.ts";
import type { Exhibit } from "../../models/exhibit.ts";
import { areImages, firstSamples } from "../../models/exhibits.ts";
import { trainingInputs } from "../../models/training-inputs.ts";
import type { Model } from "../../nn/model/model.ts";
import { featureMapExhibits } from "./feature-map-exhibits.ts";
import { featureMaps } from "./feature-maps.ts";
import type { FeatureMapsOptions } from "./feature-maps.ts";
import { filterExhibit } from "./filter-exhibits.ts";
import { findLayer, isConvolution, outline, shortPath } from "./layer-outputs.ts";

/**
 * The image, then for each convolution its filters, where they make pictures, and its maps.
 *
 * @param model such as the encoder of an autoencoder; a conditional one takes the sample's class beside the sample.
 * @param sample one sample.
 * @throws GraphError when there is not one sample, or the model has no convolution.
 * @throws RangeError when there is no layer of a name that is asked for.
 * @example
 * const exhibits = await layerExhibits(autoencoder.encoder, rows(clothes, 7, 8));
 */
export async function layerExhibits(
  model: Model,
  sample: Dataset,
  options: FeatureMapsOptions = {},
): Promise<readonly Exhibit[]> {
  if (sample.count !== 1) {
    throw new GraphError(`the layers of a network are shown for one sample; ${sample.count} came`);
  }
  const maps = await featureMaps(model, trainingInputs(model.inputs, sample), options);
  const { layers } = outline(model);
  const first = layers.find(isConvolution);
  const nameOf = (path: string): string => shortPath(layers, path);
  const shown = maps.flatMap((made) => {
    const output = findLayer(model, layers, made.layer);
    const filters = filterExhibit(output, nameOf(output.path), output === first);
    return [...(filters === undefined ? [] : [filters]), ...featureMapExhibits([made], nameOf)];
  });
  if (!areImages(sample.shape)) return shown;
  const image: Exhibit = {
    kind: "grid",
    title: "The image",
    note: "As the network takes it in.",
    samples: firstSamples(sample, 1),
    columns: 1,
  };
  return [image, ...shown];
}
