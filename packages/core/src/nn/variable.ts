import { GraphError } from "../graph/error.ts";
import type { Node } from "../graph/node.ts";
import { formatShape, sizeOf } from "../graph/tensor-type.ts";
import type { Shape } from "../graph/tensor-type.ts";
import { parameterNode } from "../ops/leaf.ts";
import type { Constraint } from "./constraints/constraint.ts";
import type { Initializer } from "./initializers/initializer.ts";
import type { Regularizer } from "./regularizers/regularizer.ts";
import { RandomBits } from "./random/random-bits.ts";
import { nextStream, sessionSeed } from "./random/session-seed.ts";

/** Where the values of parameters live while programs use them. */
export interface ValueStore {
  get(parameter: Node): Float32Array;
  set(parameter: Node, values: Float32Array): void;
  /** Forgets the values. */
  drop(parameter: Node): void;
}

/** What a layer asks for when it is built. */
export interface VariableSpec {
  /** Keras's name within the layer: `kernel`, `bias`. */
  readonly name: string;
  readonly shape: Shape;
  readonly initializer: Initializer;
  /** False for what no gradient changes, such as moving averages; true unless given. */
  readonly trainable?: boolean;
  /** A penalty that is added to the loss while the variable is trained. */
  readonly regularizer?: Regularizer | undefined;
  /** A condition that the variable is brought back to after each step. */
  readonly constraint?: Constraint | undefined;
  /** As what Keras keeps it; here, all are float32. `float32` unless given. */
  readonly dtype?: "float32" | "int64";
}

/** A tensor that a layer keeps: a weight, a statistic. Its first values follow from its initializer and the seed in force when it was made. */
export class Variable {
  readonly name: string;
  /** Keras's path: `conv2d/kernel`, `sequential/dense/bias`. */
  readonly path: string;
  readonly shape: Shape;
  readonly trainable: boolean;
  readonly regularizer: Regularizer | undefined;
  readonly constraint: Constraint | undefined;
  /** As what files hold it. */
  readonly dtype: "float32" | "int64";
  /** The parameter that stands for this variable in every graph. */
  readonly node: Node;
  readonly #initialize: () => Float32Array;
  #values: Float32Array | undefined;
  #store: ValueStore | undefined;

  constructor(spec: VariableSpec, scope: string) {
    const { name, shape, initializer, trainable = true, regularizer, constraint, dtype = "float32" } = spec;
    this.name = name;
    this.trainable = trainable;
    this.regularizer = regularizer;
    this.constraint = constraint;
    this.dtype = dtype;
    this.path = `${scope}/${name}`;
    this.shape = shape;
    this.node = parameterNode(this.path, shape);
    const bits =
      initializer.seed === undefined ? new RandomBits(sessionSeed(), nextStream()) : new RandomBits(initializer.seed);
    this.#initialize = () => initializer.values(shape, bits);
  }

  get size(): number {
    return sizeOf(this.shape);
  }

  /** A copy of the values, row-major. */
  read(): Float32Array {
    if (this.#store !== undefined) return this.#store.get(this.node).slice();
    this.#values ??= this.#initialize();
    return this.#values.slice();
  }

  /**
   * Replaces the values.
   *
   * @throws GraphError when their number does not fit the shape.
   */
  assign(values: ArrayLike<number>): void {
    if (values.length !== this.size) {
      throw new GraphError(
        `variable "${this.path}" has the shape ${formatShape(this.shape)}, ${this.size} values; ${values.length} came`,
      );
    }
    const copy = Float32Array.from(values);
    if (this.#store === undefined) this.#values = copy;
    else this.#store.set(this.node, copy);
  }

  /** Moves the values into a store, where programs read and change them. */
  attach(store: ValueStore): void {
    if (store === this.#store) return;
    this.detach();
    store.set(this.node, this.read());
    this.#store = store;
    this.#values = undefined;
  }

  /** Takes the values back from their store. */
  detach(): void {
    const store = this.#store;
    if (store === undefined) return;
    this.#values = this.read();
    this.#store = undefined;
    store.drop(this.node);
  }
}
