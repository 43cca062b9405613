/**
 * Where a classifier looks: Grad-CAM. The gradient of a class's score y with respect to the maps A of a layer says how much each map
 * speaks for the class, and the maps, weighted so, say where it is seen:
 *
 *     αₖ = mean over places of ∂y / ∂Aₖ                (eq. 1)
 *     L = relu(Σₖ αₖ Aₖ)                               (eq. 2)
 *
 * The score is taken before the softmax, or before the sigmoid.
 *
 * Source: R. Selvaraju, M. Cogswell, A. Das, R. Vedantam, D. Parikh, D. Batra: Grad-CAM: Visual explanations from deep networks via
 * gradient-based localization, 2017.
 */
import { sampleGradients } from "../../autodiff/sample-gradients.ts";
import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import { formatShape } from "../../graph/tensor-type.ts";
import { Predictions } from "../../models/predictions.ts";
import { logitsOf } from "../../nn/activations/logits.ts";
import { InputLayer } from "../../nn/layers/input-layer.ts";
import type { Model } from "../../nn/model/model.ts";
import type { DataLike } from "../../nn/tensor-data.ts";
import { mul } from "../../ops/elementwise.ts";
import { mean, sum } from "../../ops/reduce.ts";
import { relu } from "../../ops/unary.ts";
import type { Device } from "../../runtime/device.ts";
import { predictedClasses } from "../classify/index.ts";
import { findLayer, hasMaps, isConvolution, lowerWithLayers, outline } from "./layer-outputs.ts";
import type { LayerOutput } from "./layer-outputs.ts";

export interface GradCamOptions {
  /**
   * The layer whose maps are weighted, by name or path; unless given, the last one whose maps have the size of the last
   * convolution's: with its normalization and activation, where these are layers of their own.
   */
  readonly layer?: string | undefined;
  /** The class to explain, of all images or of each; the one that each was taken for unless given. */
  readonly classIndex?: number | ArrayLike<number> | undefined;
  readonly batchSize?: number | undefined;
  /** Where to compute; the device that all models share unless given. */
  readonly device?: Device | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface GradCam {
  /** The path of the layer. */
  readonly layer: string;
  readonly height: number;
  readonly width: number;
  /** `height` × `width` numbers from 0 on for each image, as eq. 2 gives them; `enlargeMaps` brings them to the size of images. */
  readonly maps: Float32Array;
  /** The class that was explained of each image. */
  readonly classes: Uint16Array;
}

/**
 * Heat maps of where the model sees a class.
 *
 * @param model a classifier with one input and one output: scores of classes, or one number for class 1 against class 0.
 * @param images for its input.
 * @throws GraphError when the model is none, or the layer has no maps or no part in the scores.
 * @throws RangeError when there is no such layer or class.
 * @example
 * const { maps, height, width } = await gradCam(classifier, photos, { classIndex: 1 });
 */
export async function gradCam(
  model: Model,
  images: DataLike,
  { layer: name, classIndex, batchSize = 16, device, signal }: GradCamOptions = {},
): Promise<GradCam> {
  const { outputs, layers } = outline(model);
  const width = numScores(model, outputs);
  const layer = name === undefined ? lastMaps(model, layers) : findLayer(model, layers, name);
  if (!hasMaps(layer)) throw noMaps(model, layer);
  const predictions = new Predictions(device);
  const options = { batchSize, signal };
  const [scores] = await predictions.compute(
    model,
    { inputs: model.inputs, compute: (scope) => [scoresOf(lowerWithLayers(model, scope, scope.inputs).outputs)] },
    [images],
    options,
  );
  const classes = explainedClasses(model, scores as Float32Array, width, classIndex);
  const direction = new InputLayer([width], { name: "direction of the class" }).output;
  const [maps] = await predictions.compute(
    model,
    {
      inputs: [...model.inputs, direction],
      compute: (scope) => {
        const [image, towards] = scope.inputs as [Node, Node];
        const lowered = lowerWithLayers(model, scope, [image]);
        const { node } = lowered.layers[layers.indexOf(layer)] as LayerOutput;
        return [heatMap(sum(mul(scoresOf(lowered.outputs), towards)), node)];
      },
    },
    [images, directions(classes, width)],
    options,
  );
  const [rows = 0, columns = 0] = layer.node.type.shape;
  return { layer: layer.path, height: rows, width: columns, maps: maps as Float32Array, classes };
}

/** Eq. 1 and 2, for a score per sample and the maps [height, width, channels] that it comes from. */
function heatMap(score: Node, maps: Node): Node {
  const [slope] = sampleGradients(score, [maps]) as [Node];
  const weights = mean(slope, [0, 1], { keepDims: true });
  return relu(sum(mul(weights, maps), [2]));
}

/** What the softmax or the sigmoid was taken of; the output itself where there is neither. */
function scoresOf([output]: readonly Node[]): Node {
  const probabilities = output as Node;
  return logitsOf("softmax", probabilities) ?? logitsOf("sigmoid", probabilities) ?? probabilities;
}

/** How many numbers a classifier gives; one number stands for class 1 where it is above 0, else for class 0. */
function numScores(model: Model, outputs: readonly Node[]): number {
  const [output] = outputs;
  const [width] = output?.type.shape ?? [];
  if (model.inputs.length === 1 && outputs.length === 1 && output?.type.shape.length === 1) return width as number;
  const came = outputs.map(({ type }) => formatShape(type.shape)).join(", ");
  throw new GraphError(
    `Grad-CAM explains a classifier, a model of one input whose only output is scores [classes]; model "${model.name}" has ` +
      `${model.inputs.length} inputs and makes ${came}`,
  );
}

/** The class of each image that its map is for. */
function explainedClasses(
  model: Model,
  scores: Float32Array,
  width: number,
  asked: GradCamOptions["classIndex"],
): Uint16Array {
  const numClasses = Math.max(2, width);
  const count = scores.length / width;
  if (asked === undefined) {
    return width === 1
      ? Uint16Array.from(scores, (score) => (score > 0 ? 1 : 0))
      : predictedClasses(scores, numClasses);
  }
  const given = typeof asked === "number" ? new Array<number>(count).fill(asked) : Array.from(asked);
  if (given.length !== count) {
    throw new RangeError(`${given.length} classes came for ${count} images; expected one for each, or one for all`);
  }
  const wrong = given.find((index) => !Number.isInteger(index) || index < 0 || index >= numClasses);
  if (wrong === undefined) return Uint16Array.from(given);
  throw new RangeError(
    `model "${model.name}" tells classes 0 to ${numClasses - 1} apart; class ${wrong} was asked for`,
  );
}

/** Which way along the scores each class lies: one-hot; of a single score, up for class 1 and down for class 0. */
function directions(classes: Uint16Array, width: number): Float32Array {
  if (width === 1) return Float32Array.from(classes, (index) => (index === 1 ? 1 : -1));
  const result = new Float32Array(classes.length * width);
  for (const [image, index] of classes.entries()) result[image * width + index] = 1;
  return result;
}

/** The last maps that still have the size of the last convolution's. */
function lastMaps(model: Model, layers: readonly LayerOutput[]): LayerOutput {
  const place = layers.findLastIndex((output) => isConvolution(output) && hasMaps(output));
  const convolution = layers[place];
  if (convolution === undefined) {
    throw new GraphError(
      `model "${model.name}" has no convolution, so that nothing says where it looks; Grad-CAM explains convolutional networks`,
    );
  }
  const [height, width] = convolution.node.type.shape;
  const isAsLarge = ({ node: { type } }: LayerOutput): boolean =>
    type.shape.length === 3 && type.shape[0] === height && type.shape[1] === width;
  const after = layers.slice(place).findIndex((output) => !isAsLarge(output));
  return layers[after === -1 ? layers.length - 1 : place + after - 1] as LayerOutput;
}

function noMaps(model: Model, { path, node }: LayerOutput): GraphError {
  return new GraphError(
    `layer "${path}" of model "${model.name}" makes ${formatShape(node.type.shape)} of an image; Grad-CAM needs maps ` +
      "[height, width, channels], such as those of the last convolution",
  );
}
