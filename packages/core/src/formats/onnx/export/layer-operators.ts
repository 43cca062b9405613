/**
 * Layers that ONNX has an operator for. Written so, their weights keep their names and meaning; their graphs would become
 * many operators, or hide the weights in constants.
 */
import type { Node } from "../../../graph/node.ts";
import type { OnnxContext } from "../../../graph/op.ts";
import type { KerasConfig } from "../../../nn/keras-object.ts";
import type { Layer } from "../../../nn/layers/layer.ts";
import type { RecognizedOperator } from "./recognized-operator.ts";

type Writer = Pick<OnnxContext<unknown>, "node" | "constant">;

/** A layer's call on one operand. */
export interface LayerUse {
  readonly layer: Layer;
  readonly operand: Node;
}

/** The operator of a layer's call; undefined where the layer's settings ask for more than the operator can. */
type LayerRule = (use: LayerUse, config: KerasConfig, opset: number) => RecognizedOperator | undefined;

const LAYERS: Readonly<Record<string, LayerRule>> = {
  BatchNormalization: batchNormalization,
  GroupNormalization: groupNormalization,
  LayerNormalization: layerNormalization,
  PReLU: prelu,
  Softmax: softmax,
  UpSampling2D: upSampling2d,
};

/** The operator that computes a layer's call; undefined where the layer is written as what it is made of. */
export function layerOperator(use: LayerUse, opset: number): RecognizedOperator | undefined {
  return LAYERS[use.layer.className]?.(use, use.layer.getConfig(), opset);
}

function batchNormalization(use: LayerUse, config: KerasConfig): RecognizedOperator | undefined {
  const axis = axisOf(use.operand, config["axis"]);
  if (axis === undefined) return undefined;
  const weights = ["gamma", "beta", "moving_mean", "moving_variance"].map((name) => variableNode(use.layer, name));
  const channels = use.operand.type.shape[axis - 1] as number;
  return withWeights(use, weights, (writer, x, [gamma, beta, mean = "", variance = ""]) =>
    channelsFirst(writer, x, { axis, rank: use.operand.type.shape.length }, (image) =>
      writer.node(
        "BatchNormalization",
        [image, gamma ?? filled(writer, channels, 1), beta ?? filled(writer, channels, 0), mean, variance],
        { epsilon: epsilonOf(config) },
      ),
    ),
  );
}

/** As many groups as channels: each channel of an image is normalized by itself. */
function groupNormalization(use: LayerUse, config: KerasConfig): RecognizedOperator | undefined {
  const axis = axisOf(use.operand, config["axis"]);
  const { shape } = use.operand.type;
  const channels = axis === undefined ? undefined : shape[axis - 1];
  if (axis === undefined || channels === undefined || shape.length < 2) return undefined;
  if (config["groups"] !== channels && config["groups"] !== -1) return undefined;
  const weights = ["gamma", "beta"].map((name) => variableNode(use.layer, name));
  return withWeights(use, weights, (writer, x, [gamma, beta]) =>
    channelsFirst(writer, x, { axis, rank: shape.length }, (image) =>
      writer.node(
        "InstanceNormalization",
        [image, gamma ?? filled(writer, channels, 1), beta ?? filled(writer, channels, 0)],
        { epsilon: epsilonOf(config) },
      ),
    ),
  );
}

function layerNormalization(use: LayerUse, config: KerasConfig, opset: number): RecognizedOperator | undefined {
  const { shape } = use.operand.type;
  const isLast =
    axisOf(use.operand, [config["axis"] ?? -1].flat()[0]) === shape.length && [config["axis"]].flat().length === 1;
  if (opset < 17 || !isLast || config["rms_scaling"] === true) return undefined;
  const weights = ["gamma", "beta"].map((name) => variableNode(use.layer, name));
  return withWeights(use, weights, (writer, x, [gamma, beta]) => {
    const scale = gamma ?? filled(writer, shape.at(-1) ?? 1, 1);
    const inputs = beta === undefined ? [x, scale] : [x, scale, beta];
    return writer.node("LayerNormalization", inputs, { axis: -1, epsilon: epsilonOf(config) });
  });
}

function prelu(use: LayerUse): RecognizedOperator {
  return withWeights(use, [variableNode(use.layer, "alpha")], (writer, x, [alpha = ""]) =>
    writer.node("PRelu", [x, alpha]),
  );
}

function softmax(use: LayerUse, config: KerasConfig): RecognizedOperator | undefined {
  const axis = axisOf(use.operand, config["axis"]);
  if (axis === undefined) return undefined;
  return withWeights(use, [], (writer, x) => writer.node("Softmax", [x], { axis }));
}

/** Mixed pixels; repeated ones are written by their op. */
function upSampling2d(use: LayerUse, config: KerasConfig): RecognizedOperator | undefined {
  const { size, interpolation } = config;
  if (interpolation !== "bilinear" || !Array.isArray(size)) return undefined;
  const scales = Float32Array.of(1, 1, ...(size as readonly number[]));
  return withWeights(use, [], (writer, x) =>
    channelsFirst(writer, x, { axis: 3, rank: 3 }, (image) =>
      writer.node("Resize", [image, "", writer.constant(scales, [4])], {
        mode: "linear",
        coordinate_transformation_mode: "half_pixel",
      }),
    ),
  );
}

/** An operator of the operand and those of the weights that the layer has. */
function withWeights(
  { operand }: LayerUse,
  weights: readonly (Node | undefined)[],
  write: (writer: Writer, x: string, weights: readonly (string | undefined)[]) => string,
): RecognizedOperator {
  const present = weights.filter((node) => node !== undefined);
  return {
    operands: [operand, ...present],
    write: (writer, [x = "", ...names]) =>
      write(
        writer,
        x,
        weights.map((node) => (node === undefined ? undefined : names[present.indexOf(node)])),
      ),
  };
}

/** Writes an operator that has its channels behind the batch, for a value that has them at `axis`. */
function channelsFirst(
  { node }: Writer,
  x: string,
  { axis, rank }: { readonly axis: number; readonly rank: number },
  write: (x: string) => string,
): string {
  const others = Array.from({ length: rank }, (_, index) => index + 1).filter((other) => other !== axis);
  const perm = [0, axis, ...others];
  const inverse = perm.map((_, position) => perm.indexOf(position));
  return node("Transpose", [write(node("Transpose", [x], { perm }))], { perm: inverse });
}

/** Keras's axis of a sample, counted from 1 on; undefined for a list of several. */
function axisOf({ type }: Node, axis: unknown): number | undefined {
  if (typeof axis !== "number") return undefined;
  return axis < 0 ? axis + type.shape.length + 1 : axis;
}

function epsilonOf(config: KerasConfig): { readonly float: number } {
  return { float: Number(config["epsilon"]) };
}

function variableNode({ variables }: Layer, name: string): Node | undefined {
  return variables.find((variable) => variable.name === name)?.node;
}

/** The weights of a layer that has none: they change nothing. */
function filled({ constant }: Writer, count: number, value: number): string {
  return constant(new Float32Array(count).fill(value), [count]);
}
