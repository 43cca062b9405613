/**
 * The layers of a network that hold weights, one after the other, each with the batch normalization behind it. In this form networks
 * are compared whose layers have other names, lie in other models, or had their batch normalization folded into the convolutions.
 */
import type { Shape } from "../../graph/tensor-type.ts";
import { GraphError } from "../../graph/error.ts";
import { formatShape } from "../../graph/tensor-type.ts";
import type { Layer } from "../../nn/layers/layer.ts";
import { Model } from "../../nn/model/model.ts";

/** The layers that may be taken over, by their classes. */
const CLASSES: ReadonlySet<string> = new Set(["Conv2D", "DepthwiseConv2D", "Dense"]);
const PADDING = "ZeroPadding2D";
const NORMALIZATION = "BatchNormalization";

/** A layer with a kernel, where it stands in a network. */
export interface WeightedLayer {
  readonly layer: Layer;
  /** The batch normalization of what the layer makes. */
  readonly normalization: Layer | undefined;
  /** The layer that surrounds with zeros what this one takes. */
  readonly padding: Layer | undefined;
}

/** What a layer with a kernel and its batch normalization compute with. */
export interface LayerWeights {
  /** `Conv2D`, `DepthwiseConv2D` or `Dense`. */
  readonly className: string;
  /** Where they come from, for errors. */
  readonly name: string;
  /** Laid out as Keras has it: [height, width, in, out], [height, width, channels, 1], [in, out]. */
  readonly kernelShape: Shape;
  readonly kernel: Float32Array;
  readonly bias?: Float32Array | undefined;
  readonly normalization?: NormalizationWeights | undefined;
}

/** (x − mean) · gamma / √(variance + epsilon) + beta */
export interface NormalizationWeights {
  readonly gamma: Float32Array;
  readonly beta: Float32Array;
  readonly mean: Float32Array;
  readonly variance: Float32Array;
  readonly epsilon: number;
}

/** The weighted layers of a model and of the models within it, in Keras's order. */
export function weightedLayers(model: Model): readonly WeightedLayer[] {
  const found: WeightedLayer[] = [];
  let before: Layer | undefined;
  for (const layer of innermostLayers(model)) {
    if (CLASSES.has(layer.className)) {
      const padding = before?.className === PADDING ? before : undefined;
      found.push({ layer, normalization: undefined, padding });
    } else if (layer.className === NORMALIZATION && before === found.at(-1)?.layer) {
      found.push({ ...(found.pop() as WeightedLayer), normalization: layer });
    }
    before = layer;
  }
  return found;
}

/** What the layer computes with now. */
export function weightsOf({ layer, normalization }: WeightedLayer): LayerWeights {
  const [kernel] = layer.variables;
  if (kernel === undefined) throw new GraphError(`${layer.describe()} has no weights yet`);
  return {
    className: layer.className,
    name: layer.name,
    kernelShape: kernel.shape,
    kernel: kernel.read(),
    bias: valuesOf(layer, "bias"),
    normalization: normalization && normalizationOf(normalization),
  };
}

/** Whether a layer takes kernels of this class and shape. */
export function takes({ layer }: WeightedLayer, { className, kernelShape }: LayerWeights): boolean {
  const [kernel] = layer.variables;
  return (
    layer.className === className && kernel !== undefined && formatShape(kernel.shape) === formatShape(kernelShape)
  );
}

function innermostLayers(model: Model): readonly Layer[] {
  return model.layers.flatMap((layer) => (layer instanceof Model ? innermostLayers(layer) : [layer]));
}

function normalizationOf(layer: Layer): NormalizationWeights {
  const mean = valuesOf(layer, "moving_mean") ?? new Float32Array();
  const variance = valuesOf(layer, "moving_variance") ?? new Float32Array();
  return {
    gamma: valuesOf(layer, "gamma") ?? mean.map(() => 1),
    beta: valuesOf(layer, "beta") ?? mean.map(() => 0),
    mean,
    variance,
    epsilon: layer.getConfig()["epsilon"] as number,
  };
}

function valuesOf(layer: Layer, name: string): Float32Array | undefined {
  return layer.variables.find((variable) => variable.name === name)?.read();
}
