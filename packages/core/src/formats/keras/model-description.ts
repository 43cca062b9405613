/**
 * A model as a Keras file describes it, with nothing of how it is trained or run: layers by Keras's class names and
 * configurations, and which tensor goes into which layer.
 */
import type { KerasConfig } from "../../nn/keras-object.ts";

/** A layer that is not itself a model. */
export interface LayerDescription {
  /** Keras's class name, such as `Conv2D`. */
  readonly className: string;
  readonly name: string;
  /** Settings in Keras's spelling. The name need not be among them. */
  readonly config: KerasConfig;
}

/** Layers one after the other. The first one is an `InputLayer`. */
export interface SequentialDescription {
  readonly className: "Sequential";
  readonly name: string;
  readonly trainable?: boolean;
  readonly layers: readonly (LayerDescription | ModelDescription)[];
}

/** Layers connected as a graph, from `InputLayer`s to the outputs. */
export interface FunctionalDescription {
  readonly className: "Functional";
  readonly name: string;
  readonly trainable?: boolean;
  readonly layers: readonly PlacedLayer[];
  readonly inputs: readonly TensorSource[];
  readonly outputs: readonly TensorSource[];
}

/** A model, which may hold models as its layers. */
export type ModelDescription = SequentialDescription | FunctionalDescription;

/** A layer of a functional model with the calls that the model makes of it. */
export interface PlacedLayer {
  readonly layer: LayerDescription | ModelDescription;
  /** The inputs of each call, in order: none for an `InputLayer`, one call for most, more for a shared layer. */
  readonly calls: readonly (readonly InputTensor[])[];
}

/** A tensor inside a functional model: what one call of one of its layers gives. */
export interface TensorSource {
  /** The layer's name. */
  readonly layer: string;
  /** Which of the layer's calls in this model; 0 for an `InputLayer`. */
  readonly call: number;
  /** Which of the outputs: 0 but for models with several. */
  readonly output: number;
}

/** A tensor that goes into a layer. */
export interface InputTensor extends TensorSource {
  /** Of one sample. */
  readonly shape: readonly number[];
}

/** Whether a layer is itself a model. */
export function isModel(layer: LayerDescription | ModelDescription): layer is ModelDescription {
  return "layers" in layer;
}
