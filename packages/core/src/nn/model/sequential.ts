import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import type { KerasConfig } from "../keras-object.ts";
import { InputLayer } from "../layers/input-layer.ts";
import { Layer } from "../layers/layer.ts";
import type { LayerCall, LayerOptions, LowerContext, SymbolicTensor } from "../layers/layer.ts";
import { Functional } from "./functional.ts";
import { Model } from "./model.ts";

export interface SequentialOptions extends LayerOptions {
  /** The shape of one sample; without it and without an input among the layers, the first use tells. */
  readonly inputShape?: Shape;
}

/** A model whose layers follow one another. */
export class Sequential extends Model {
  readonly layers: readonly Layer[];
  #chain: Functional | undefined;

  constructor(layers: readonly (Layer | SymbolicTensor)[], { inputShape, ...options }: SequentialOptions) {
    super("Sequential", options);
    const [first, ...rest] = layers.map((item) => (item instanceof Layer ? item : item.layer));
    if (first === undefined) throw new GraphError(`model "${this.name}" needs at least one layer`);
    this.layers = first instanceof InputLayer ? rest : [first, ...rest];
    const misplaced = this.layers.find((layer) => layer instanceof InputLayer);
    if (misplaced !== undefined) throw new GraphError(`${misplaced.describe()} must come first in "${this.name}"`);
    if (options.trainable === false) this.trainable = false;
    if (first instanceof InputLayer) this.#connect(first.output);
    else if (inputShape !== undefined) this.build([inputShape]);
  }

  get inputs(): readonly SymbolicTensor[] {
    return this.#connected.inputs;
  }

  get outputs(): readonly SymbolicTensor[] {
    return this.#connected.outputs;
  }

  get outputNames(): readonly string[] {
    return this.layers.slice(-1).map(({ name }) => name);
  }

  get innerCalls(): readonly LayerCall[] {
    return this.#chain?.innerCalls ?? [];
  }

  override get numInputs(): number {
    return 1;
  }

  override get built(): boolean {
    return this.#chain !== undefined;
  }

  override build([inputShape]: readonly Shape[]): void {
    if (this.built || inputShape === undefined) return;
    this.#connect(new InputLayer(inputShape, {}).output);
  }

  protected lower(context: LowerContext, inputs: readonly Node[]): readonly Node[] {
    return this.#connected.lowerCall(context, inputs);
  }

  protected settings(): KerasConfig {
    return {};
  }

  get #connected(): Functional {
    if (this.#chain !== undefined) return this.#chain;
    throw new GraphError(
      `the shapes in model "${this.name}" are not known yet; begin with an input, give inputShape, or call it first`,
    );
  }

  #connect(start: SymbolicTensor): void {
    const scope = `${this.name}/`;
    const end = this.layers.reduce((tensor, layer) => layer.applyTo(tensor, scope)[0] as SymbolicTensor, start);
    this.#chain = new Functional([start], [end], { name: this.name });
  }
}

/**
 * A model whose layers follow one another.
 *
 * @example
 * sequential([input([784]), dense(30, { activation: "relu" }), dense(784, { activation: "sigmoid" })]);
 *
 * @throws GraphError when the layers do not fit one another.
 */
export function sequential(layers: readonly (Layer | SymbolicTensor)[], options: SequentialOptions = {}): Sequential {
  return new Sequential(layers, options);
}
