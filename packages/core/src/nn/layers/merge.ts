/** What layers have in common that make one tensor of several. */
import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import type { KerasConfig } from "../keras-object.ts";
import { Layer } from "./layer.ts";
import type { LayerOptions, LowerContext, SymbolicTensor } from "./layer.ts";

/** Makes a layer, `add()([a, b])`, or calls a new one at once, `add([a, b])`, as Keras's `Add()([a, b])` and `add([a, b])`. */
export interface MergeFunction<Options extends LayerOptions> {
  (options?: Options): Layer;
  (tensors: readonly SymbolicTensor[], options?: Options): SymbolicTensor;
}

export function mergeFunction<Options extends LayerOptions>(
  make: (options: Options | undefined) => Layer,
): MergeFunction<Options> {
  function merge(first?: Options | readonly SymbolicTensor[], options?: Options): Layer | SymbolicTensor {
    return isTensors(first) ? make(options)(first) : make(first);
  }
  // An implementation of overloads is typed by all of them at once.
  return merge as MergeFunction<Options>;
}

/** Whether a list holds tensors to merge, and not numbers of axes. */
export function isTensors(value: unknown): value is readonly SymbolicTensor[] {
  return Array.isArray(value) && value.every((item) => typeof item === "object");
}

/** Merges the tensors of a list element by element, aligned at their last axes and broadcast to one another. */
export class ElementwiseMerge extends Layer {
  readonly #merge: (tensors: readonly Node[]) => Node;
  readonly #numInputs: number | "any";

  constructor(
    className: string,
    merge: (tensors: readonly Node[]) => Node,
    options: LayerOptions = {},
    numInputs: number | "any" = "any",
  ) {
    super(className, options);
    this.#merge = merge;
    this.#numInputs = numInputs;
  }

  override get numInputs(): number | "any" {
    return this.#numInputs;
  }

  protected lower(_: LowerContext, tensors: readonly Node[]): readonly Node[] {
    if (tensors.length === 0) throw new GraphError("it takes a list of at least one tensor; an empty one came");
    return [this.#merge(tensors)];
  }

  protected settings(): KerasConfig {
    return {};
  }
}
