/** How much of a base goes on learning. */
import type { Layer } from "../../../nn/layers/layer.ts";
import { Model } from "../../../nn/model/model.ts";
import { describeUnknown } from "../../../nn/nearest-name.ts";

/** From which layer on a base learns: its name, or the share of its layers, the last ones: 0.3. */
export type FineTuneFrom = string | number;

/**
 * Lets the layers of a base learn from one on, and freezes those before it.
 *
 * @returns the names of the layers with weights that learn.
 * @throws RangeError when there is no such layer, the share is not above 0 and at most 1, or nothing with weights would learn.
 */
export function unfreezeFrom(base: Model, from: FineTuneFrom): readonly string[] {
  const layers = layersOf(base);
  const first = typeof from === "number" ? firstOfShare(layers, from) : placeOf(base, layers, from);
  const learning = layers.slice(first).filter(({ variables }) => variables.length > 0);
  if (learning.length === 0) {
    throw new RangeError(
      `no layer of "${base.name}" from ${from} on has weights, so that nothing would be tuned; begin earlier`,
    );
  }
  base.trainable = true;
  for (const layer of layers.slice(0, first)) layer.trainable = false;
  return learning.map(({ name }) => name);
}

/** The layers in the order of their calls, those of models within included. */
function layersOf(model: Model): readonly Layer[] {
  const layers = model.innerCalls.flatMap(({ layer }) => (layer instanceof Model ? layersOf(layer) : [layer]));
  return [...new Set(layers)];
}

function firstOfShare(layers: readonly Layer[], share: number): number {
  if (share > 0 && share <= 1) return layers.length - Math.max(1, Math.round(share * layers.length));
  throw new RangeError(`the share of the layers to tune must be above 0 and at most 1; ${share} came`);
}

function placeOf(base: Model, layers: readonly Layer[], name: string): number {
  const names = layers.map((layer) => layer.name);
  const place = names.indexOf(name);
  if (place !== -1) return place;
  throw new RangeError(`the base "${base.name}" has no layer ${describeUnknown(name, names)}`);
}
