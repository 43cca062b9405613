/**
 * The order of a functional model's layers, as Keras finds it anew whenever it makes the model. The names in the
 * weights file are counted in this order (`conv2d`, `conv2d_1`), so it must be Keras's own: by distance from the
 * outputs, the farthest first; layers of one distance as a depth-first walk from the outputs meets them.
 *
 * Source: `map_graph` in Keras 3, `keras/src/ops/function.py`.
 */
import { KerasFileError } from "./keras-file-error.ts";
import type { FunctionalDescription, PlacedLayer, TensorSource } from "./model-description.ts";

/**
 * The layers in Keras's order. Layers that no output depends on are left out, as Keras leaves them out, but for inputs.
 *
 * @throws KerasFileError when the layers form a cycle, or when a tensor comes from a layer that is not there.
 */
export function layersInKerasOrder(model: FunctionalDescription): readonly PlacedLayer[] {
  const walk = walkFromOutputs(model);
  const depths = depthsOf(walk.finished);
  for (const { layer } of model.inputs) {
    if (depths.has(layer)) continue;
    depths.set(layer, 0);
    walk.firstMet.set(layer, -1);
  }
  const rank = (name: string): readonly [number, number] => [depths.get(name) ?? 0, walk.firstMet.get(name) ?? 0];
  return [...depths.keys()]
    .toSorted((a, b) => {
      const [[depthA, metA], [depthB, metB]] = [rank(a), rank(b)];
      return depthB - depthA || metA - metB;
    })
    .map((name) => placedLayer(model, name));
}

/** One call of a layer, with the calls that its inputs come from. */
interface Call {
  readonly layer: string;
  readonly parents: readonly Call[];
}

interface Walk {
  /** Each after the calls that it depends on. */
  readonly finished: readonly Call[];
  /** Layers by when the walk first met them. */
  readonly firstMet: Map<string, number>;
}

function walkFromOutputs(model: FunctionalDescription): Walk {
  const finished = new Map<string, Call>();
  const inProgress = new Set<string>();
  const firstMet = new Map<string, number>();
  const visit = (source: TensorSource): Call => {
    const key = `${source.call}/${source.layer}`;
    const known = finished.get(key);
    if (known !== undefined) return known;
    if (inProgress.has(key))
      throw new KerasFileError(`the model "${model.name}" has a cycle through "${source.layer}"`);
    if (!firstMet.has(source.layer)) firstMet.set(source.layer, firstMet.size);
    inProgress.add(key);
    const call = { layer: source.layer, parents: inputsOf(model, source).map(visit) };
    inProgress.delete(key);
    finished.set(key, call);
    return call;
  };
  for (const output of model.outputs) visit(output);
  return { finished: [...finished.values()], firstMet };
}

/** The longest way from each layer to an output; that of a shared layer is the longest of its calls. */
function depthsOf(finished: readonly Call[]): Map<string, number> {
  const callDepths = new Map<Call, number>();
  const layerDepths = new Map<string, number>();
  for (const call of finished.toReversed()) {
    const depth = Math.max(callDepths.get(call) ?? 0, layerDepths.get(call.layer) ?? 0);
    layerDepths.set(call.layer, depth);
    for (const parent of call.parents) callDepths.set(parent, Math.max(depth + 1, callDepths.get(parent) ?? 0));
  }
  return layerDepths;
}

function inputsOf(model: FunctionalDescription, { layer, call }: TensorSource): readonly TensorSource[] {
  const { calls } = placedLayer(model, layer);
  if (calls.length === 0 && call === 0) return [];
  const inputs = calls[call];
  if (inputs !== undefined) return inputs;
  throw new KerasFileError(
    `the model "${model.name}" uses call ${call} of the layer "${layer}", which is called ${calls.length} times`,
  );
}

function placedLayer(model: FunctionalDescription, name: string): PlacedLayer {
  const placed = model.layers.find(({ layer }) => layer.name === name);
  if (placed !== undefined) return placed;
  const names = model.layers.map(({ layer }) => layer.name).join(", ");
  throw new KerasFileError(`the model "${model.name}" has no layer "${name}"; it has ${names}`);
}
