/** Where the values of variables are: with the variable, or in the store of the programs that use them. */
import type { Node } from "../graph/node.ts";
import type { ValueStore } from "./variable.ts";

/** The values of one variable, row-major. */
export interface VariableValues {
  /** A copy. */
  read(): Float32Array;
  /** Takes the array over; it is of the variable's size. */
  assign(values: Float32Array): void;
  /** Moves the values into a store, where programs read and change them. */
  attach(store: ValueStore): void;
  /** Takes the values back from their store. */
  detach(): void;
}

/** Values of a variable's own. They begin when they are first needed. */
export class OwnValues implements VariableValues {
  readonly #node: Node;
  readonly #initialize: () => Float32Array;
  #values: Float32Array | undefined;
  #store: ValueStore | undefined;

  constructor(node: Node, initialize: () => Float32Array) {
    this.#node = node;
    this.#initialize = initialize;
  }

  read(): Float32Array {
    if (this.#store !== undefined) return this.#store.get(this.#node).slice();
    this.#values ??= this.#initialize();
    return this.#values.slice();
  }

  assign(values: Float32Array): void {
    if (this.#store === undefined) this.#values = values;
    else this.#store.set(this.#node, values);
  }

  attach(store: ValueStore): void {
    if (store === this.#store) return;
    this.detach();
    store.set(this.#node, this.read());
    this.#store = store;
    this.#values = undefined;
  }

  detach(): void {
    const store = this.#store;
    if (store === undefined) return;
    this.#values = this.read();
    this.#store = undefined;
    store.drop(this.#node);
  }
}

/** The values of a matrix [rows, columns], read and written as those of its transpose, [columns, rows]. */
export class TransposedValues implements VariableValues {
  readonly #original: VariableValues;
  readonly #rows: number;
  readonly #columns: number;

  constructor(original: VariableValues, [rows, columns]: readonly [rows: number, columns: number]) {
    this.#original = original;
    this.#rows = rows;
    this.#columns = columns;
  }

  read(): Float32Array {
    return transposed(this.#original.read(), this.#rows, this.#columns);
  }

  assign(values: Float32Array): void {
    this.#original.assign(transposed(values, this.#columns, this.#rows));
  }

  attach(store: ValueStore): void {
    this.#original.attach(store);
  }

  detach(): void {
    this.#original.detach();
  }
}

/** [rows, columns] → [columns, rows] */
function transposed(values: Float32Array, rows: number, columns: number): Float32Array {
  const result = new Float32Array(values.length);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at++) result[column * rows + row] = values[at] as number;
  }
  return result;
}
