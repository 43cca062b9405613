import { GraphError } from "../graph/error.ts";
import type { Node } from "../graph/node.ts";
import { formatShape, sameShape, sizeOf } from "../graph/tensor-type.ts";
import type { Shape } from "../graph/tensor-type.ts";
import { parameterNode } from "../ops/leaf.ts";
import type { Constraint } from "./constraints/constraint.ts";
import type { Initializer } from "./initializers/initializer.ts";
import type { Regularizer } from "./regularizers/regularizer.ts";
import { RandomBits } from "./random/random-bits.ts";
import { nextStream, sessionSeed } from "./random/session-seed.ts";
import { OwnValues, TransposedValues } from "./variable-values.ts";
import type { VariableValues } from "./variable-values.ts";

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
  /** A matrix whose transpose the variable is, instead of having values of its own: [columns, rows] for the shape [rows, columns]. */
  readonly transposeOf?: Variable | undefined;
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
  /** The parameter that stands for this variable in every graph; of a transpose, that of the original, [columns, rows]. */
  readonly node: Node;
  /** The variable that the parameter belongs to: this one, unless it is the transpose of another. */
  readonly source: Variable;
  readonly #values: VariableValues;

  constructor(spec: VariableSpec, scope: string) {
    const {
      name,
      shape,
      initializer,
      trainable = true,
      regularizer,
      constraint,
      dtype = "float32",
      transposeOf,
    } = spec;
    this.name = name;
    this.trainable = trainable;
    this.regularizer = regularizer;
    this.constraint = constraint;
    this.dtype = dtype;
    this.path = `${scope}/${name}`;
    this.shape = shape;
    this.source = transposeOf ?? this;
    if (transposeOf !== undefined) {
      this.node = transposeOf.node;
      this.#values = new TransposedValues(transposeOf.#values, matrixShape(transposeOf, shape));
      return;
    }
    this.node = parameterNode(this.path, shape);
    const bits =
      initializer.seed === undefined ? new RandomBits(sessionSeed(), nextStream()) : new RandomBits(initializer.seed);
    this.#values = new OwnValues(this.node, () => initializer.values(shape, bits));
  }

  get size(): number {
    return sizeOf(this.shape);
  }

  /** A copy of the values, row-major. */
  read(): Float32Array {
    return this.#values.read();
  }

  /**
   * Replaces the values; those of a transpose are the original's.
   *
   * @throws GraphError when their number does not fit the shape.
   */
  assign(values: ArrayLike<number>): void {
    if (values.length !== this.size) {
      throw new GraphError(
        `variable "${this.path}" has the shape ${formatShape(this.shape)}, ${this.size} values; ${values.length} came`,
      );
    }
    this.#values.assign(Float32Array.from(values));
  }

  /** Moves the values into a store, where programs read and change them. */
  attach(store: ValueStore): void {
    this.#values.attach(store);
  }

  /** Takes the values back from their store. */
  detach(): void {
    this.#values.detach();
  }
}

function matrixShape({ path, shape }: Variable, transpose: Shape): readonly [rows: number, columns: number] {
  const [rows, columns] = shape;
  if (rows !== undefined && columns !== undefined && sameShape([columns, rows], transpose)) return [rows, columns];
  throw new GraphError(
    `the transpose of the variable "${path}", ${formatShape(shape)}, cannot have the shape ${formatShape(transpose)}`,
  );
}
