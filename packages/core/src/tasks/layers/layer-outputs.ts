/** A model as graph nodes, with what each of its layers makes on the way: also those of models within it. */
import type { Node } from "../../graph/node.ts";
import type { Layer, LowerContext, SymbolicTensor } from "../../nn/layers/layer.ts";
import { lowerContext } from "../../nn/layers/lower-context.ts";
import { Model } from "../../nn/model/model.ts";
import { describeUnknown } from "../../nn/nearest-name.ts";
import { inputNode } from "../../ops/leaf.ts";

/** What a layer makes. */
export interface LayerOutput {
  /** The layer's name, behind those of the models that it is in: `mobilenetv2/out_relu`. */
  readonly path: string;
  readonly layer: Layer;
  /** What it takes. */
  readonly from: readonly Node[];
  readonly node: Node;
}

export interface LoweredModel {
  readonly outputs: readonly Node[];
  /** In the order of the calls; of a layer with several outputs, the first; a layer that is called twice is there twice. */
  readonly layers: readonly LayerOutput[];
}

/** The nodes of a model for nodes of its inputs. */
export function lowerWithLayers(model: Model, context: LowerContext, inputs: readonly Node[]): LoweredModel {
  const layers: LayerOutput[] = [];
  const outputs = lower(model, inputs, "");
  return { outputs, layers };

  function lower(part: Model, given: readonly Node[], prefix: string): readonly Node[] {
    const nodes = new Map<SymbolicTensor, Node>();
    for (const [index, tensor] of part.inputs.entries()) nodes.set(tensor, given[index] as Node);
    for (const { layer, inputs: operands, outputs: results } of part.innerCalls) {
      const path = `${prefix}${layer.name}`;
      const from = operands.map((tensor) => nodes.get(tensor) as Node);
      const made = layer instanceof Model ? lower(layer, from, `${path}/`) : layer.lowerCall(context, from);
      for (const [index, tensor] of results.entries()) nodes.set(tensor, made[index] as Node);
      if (!(layer instanceof Model)) layers.push({ path, layer, from, node: made[0] as Node });
    }
    return part.outputs.map((tensor) => nodes.get(tensor) as Node);
  }
}

/** The layers of a model and their shapes, without computing anything. */
export function outline(model: Model): LoweredModel {
  const inputs = model.inputs.map(({ shape, layer }) => inputNode(layer.name, shape));
  return lowerWithLayers(model, lowerContext({ training: false }), inputs);
}

/**
 * The layer of a path, or of a name that only one layer has.
 *
 * @throws RangeError when there is none, or several have the name.
 */
export function findLayer(model: Model, layers: readonly LayerOutput[], name: string): LayerOutput {
  const exact = layers.find(({ path }) => path === name);
  if (exact !== undefined) return exact;
  const [found, ...others] = layers.filter(({ path }) => path.endsWith(`/${name}`));
  if (found === undefined) {
    const known = layers.map(({ path, layer }) => (name.includes("/") ? path : layer.name));
    throw new RangeError(`model "${model.name}" has no layer ${describeUnknown(name, known)}`);
  }
  if (others.length === 0) return found;
  const paths = [found, ...others].map(({ path }) => path).join(", ");
  throw new RangeError(`model "${model.name}" has several layers "${name}"; give the path of one: ${paths}`);
}

/** The shortest end of a layer's path that no other one has: `findLayer` finds it again. */
export function shortPath(layers: readonly LayerOutput[], path: string): string {
  const parts = path.split("/");
  const ends = parts.map((_, from) => parts.slice(from).join("/")).toReversed();
  const others = layers.filter((layer) => layer.path !== path).map((layer) => `/${layer.path}`);
  return ends.find((end) => !others.some((other) => other.endsWith(`/${end}`))) ?? path;
}

/** What a convolution makes with the normalization and the activation that follow it at once, where these are layers of their own. */
export function answerOf(layers: readonly LayerOutput[], convolution: LayerOutput): LayerOutput {
  const next = layers.find(
    ({ from, layer }) => from.length === 1 && from[0] === convolution.node && ANSWERING.has(layer.className),
  );
  return next === undefined || next === convolution ? convolution : answerOf(layers, next);
}

const ANSWERING: ReadonlySet<string> = new Set([
  "Activation",
  "BatchNormalization",
  "ELU",
  "GroupNormalization",
  "LayerNormalization",
  "LeakyReLU",
  "PReLU",
  "ReLU",
]);

/** Whether a layer slides kernels over images. */
export function isConvolution({ layer }: LayerOutput): boolean {
  return CONVOLUTIONS.has(layer.className);
}

const CONVOLUTIONS: ReadonlySet<string> = new Set(["Conv2D", "Conv2DTranspose", "DepthwiseConv2D", "SeparableConv2D"]);

/** Whether a node holds an image, or a map for each channel: [height, width, channels]. */
export function hasMaps({ node }: LayerOutput): boolean {
  return node.type.shape.length === 3;
}
