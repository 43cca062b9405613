import type { Model } from "../../nn/model/model.ts";
import type { CompileDescription } from "./compile-config.ts";
import type { LayerPlace } from "./layer-weights.ts";
import type { WeightArray } from "./weight-array.ts";

/** A model of a file with its weights, and how it was compiled. */
export interface LoadedModel {
  readonly model: Model;
  readonly places: readonly LayerPlace[];
  readonly compiled: CompileDescription | undefined;
  /** The optimizer's state. */
  readonly state: ReadonlyMap<string, WeightArray>;
}
