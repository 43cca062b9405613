/**
 * Which boxes a picture has and how they are connected. Models within models are boxes, or frames around boxes of their own;
 * connections lead to the boxes inside of a frame. Source: `model_to_dot` in Keras 3, `keras/src/utils/model_visualization.py`.
 */
import type { Layer, SymbolicTensor } from "../layers/layer.ts";
import { Model } from "../model/model.ts";

export interface PlottedLayer {
  readonly id: string;
  readonly layer: Layer;
  /** The frame around it. */
  readonly frame: string | undefined;
}

/** A model that is shown with its layers. */
export interface Frame {
  readonly id: string;
  readonly label: string;
  /** The frame around it. */
  readonly frame: string | undefined;
}

export interface Connection {
  readonly from: string;
  readonly to: string;
}

export interface PlottedModel {
  readonly layers: readonly PlottedLayer[];
  readonly frames: readonly Frame[];
  readonly connections: readonly Connection[];
}

/** What stands for each layer of a model: the identifier of its box, or what stands for its own layers. */
interface Place {
  readonly model: Model;
  readonly entries: ReadonlyMap<Layer, string | Place>;
}

export function plottedModel(model: Model, expandNested: boolean): PlottedModel {
  const layers: PlottedLayer[] = [];
  const frames: Frame[] = [];
  const connections = new Map<string, Connection>();

  function place(placed: Model, frame: string | undefined): Place {
    const entries = new Map<Layer, string | Place>();
    for (const [index, layer] of placed.layers.entries()) {
      const id = frame === undefined ? `${index}` : `${frame}.${index}`;
      if (expandNested && layer instanceof Model) {
        frames.push({ id, label: layer.name, frame });
        entries.set(layer, place(layer, id));
      } else {
        layers.push({ id, layer, frame });
        entries.set(layer, id);
      }
    }
    const here = { model: placed, entries };
    for (const { layer, inputs } of placed.innerCalls) {
      for (const [index, tensor] of inputs.entries()) {
        const [from, to] = [sourceOf(here, tensor), destinationOf(here, layer, index)];
        if (from !== undefined && to !== undefined) connections.set(`${from} ${to}`, { from, to });
      }
    }
    return here;
  }

  place(model, undefined);
  return { layers, frames, connections: [...connections.values()] };
}

/** The box that makes a tensor; undefined for the input of a sequential model, which has no box. */
function sourceOf(place: Place, tensor: SymbolicTensor): string | undefined {
  const entry = place.entries.get(tensor.layer);
  if (entry === undefined || typeof entry === "string") return entry;
  return sourceOf(entry, entry.model.outputs[tensor.outputIndex] as SymbolicTensor);
}

/** The box that takes an input of a layer: of a model its input, or its first layer where inputs have no box. */
function destinationOf(place: Place, layer: Layer, inputIndex: number): string | undefined {
  const entry = place.entries.get(layer);
  if (entry === undefined || typeof entry === "string") return entry;
  const input = entry.model.inputs[inputIndex]?.layer;
  if (input !== undefined && entry.entries.has(input)) return destinationOf(entry, input, 0);
  return destinationOf(entry, entry.model.layers[0] as Layer, inputIndex);
}
