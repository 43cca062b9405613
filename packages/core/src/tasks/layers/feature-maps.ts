/** What the layers of a network make of images: the maps in which each filter answers where it finds what it looks for. */
import { GraphError } from "../../graph/error.ts";
import { formatShape } from "../../graph/tensor-type.ts";
import { Predictions } from "../../models/predictions.ts";
import type { Model } from "../../nn/model/model.ts";
import type { DataLike } from "../../nn/tensor-data.ts";
import type { Device } from "../../runtime/device.ts";
import { answerOf, findLayer, hasMaps, isConvolution, lowerWithLayers, outline } from "./layer-outputs.ts";
import type { LayerOutput } from "./layer-outputs.ts";

export interface FeatureMapsOptions {
  /**
   * The layers to look at, by name or path (`encoder/conv2d`); all convolutions unless given, each with the normalization and the activation
   * that follow it at once, where these are layers of their own.
   */
  readonly layers?: readonly string[] | undefined;
  /** Where to compute; the device that all models share unless given. */
  readonly device?: Device | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What one layer makes of all images. */
export interface FeatureMaps {
  /** The layer's name, behind those of the models that it is in. */
  readonly layer: string;
  /** The layer whose outputs these are: the same one, or the activation that follows it. */
  readonly outputOf: string;
  /** Keras's name of its class: `Conv2D`. */
  readonly className: string;
  /** Of one image: [height, width, channels], a map for each channel. */
  readonly shape: readonly [height: number, width: number, channels: number];
  /** Image after image. */
  readonly values: Float32Array;
}

/**
 * Computes what layers make of images, in the order of the layers.
 *
 * @param images an array for each input of the model, or the array of the only one.
 * @throws RangeError when there is no layer of a name.
 * @throws GraphError when a layer makes no maps, or the model has no convolution.
 * @example
 * const [first] = await featureMaps(autoencoder.encoder, clothes);
 */
export async function featureMaps(
  model: Model,
  images: DataLike | readonly DataLike[],
  { layers: names, device, signal }: FeatureMapsOptions = {},
): Promise<FeatureMaps[]> {
  const { layers } = outline(model);
  const chosen = chooseLayers(model, layers, names);
  const values = await new Predictions(device).compute(
    model,
    {
      inputs: model.inputs,
      compute: (scope) => {
        const lowered = lowerWithLayers(model, scope, scope.inputs);
        return chosen.map(({ output }) => (lowered.layers[layers.indexOf(output)] as LayerOutput).node);
      },
    },
    Array.isArray(images) ? (images as readonly DataLike[]) : [images as DataLike],
    { signal },
  );
  return chosen.map(({ layer: { path, layer }, output }, index) => {
    const [height = 0, width = 0, channels = 0] = output.node.type.shape;
    return {
      layer: path,
      outputOf: output.path,
      className: layer.className,
      shape: [height, width, channels],
      values: values[index] as Float32Array,
    };
  });
}

/** A layer, and what is shown of it. */
interface ChosenLayer {
  readonly layer: LayerOutput;
  readonly output: LayerOutput;
}

function chooseLayers(
  model: Model,
  layers: readonly LayerOutput[],
  names: readonly string[] | undefined,
): ChosenLayer[] {
  if (names === undefined) {
    const convolutions = layers.filter((output) => isConvolution(output) && hasMaps(output));
    if (convolutions.length > 0) return convolutions.map((layer) => ({ layer, output: answerOf(layers, layer) }));
    const paths = layers.map(({ path }) => path).join(", ");
    throw new GraphError(`model "${model.name}" has no convolution, and so no feature maps; its layers are ${paths}`);
  }
  return names.map((name) => {
    const found = findLayer(model, layers, name);
    if (hasMaps(found)) return { layer: found, output: found };
    throw new GraphError(
      `layer "${found.path}" of model "${model.name}" makes ${formatShape(found.node.type.shape)} of an image; ` +
        "maps are of the shape [height, width, channels]",
    );
  });
}
