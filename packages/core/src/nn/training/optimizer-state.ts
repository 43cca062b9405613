/** What an optimizer keeps of the variables that it changes, and how many steps it has taken. */
import { GraphError } from "../../graph/error.ts";
import type { Node } from "../../graph/node.ts";
import { parameterNode } from "../../ops/leaf.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import type { ValueStore, Variable } from "../variable.ts";

/** One variable's slots, by Keras's names. */
export interface SlotValues {
  readonly variable: Variable;
  readonly slots: Readonly<Record<string, Float32Array>>;
}

/** All of the state, to be saved with a model or put back. */
export interface OptimizerValues {
  /** Steps taken. */
  readonly iterations: number;
  readonly variables: readonly SlotValues[];
}

export class OptimizerState {
  #iterations = 0;
  readonly #optimizer: Optimizer;
  readonly #slots = new Map<Variable, Readonly<Record<string, Node>>>();
  #store: ValueStore | undefined;
  /** The values while they are in no store. */
  #kept: readonly SlotValues[] | undefined;

  constructor(optimizer: Optimizer) {
    this.#optimizer = optimizer;
    this.iterations = 0;
  }

  /** Steps taken. The optimizer is told, because its learning rate may depend on them. */
  get iterations(): number {
    return this.#iterations;
  }

  set iterations(value: number) {
    this.#iterations = value;
    this.#optimizer.iterations = value;
  }

  /** Whether it has seen the variables. */
  get isBuilt(): boolean {
    return this.#slots.size > 0;
  }

  /** Number of values kept. */
  get size(): number {
    return [...this.#slots.keys()].reduce((sum, { size }) => sum + size * this.#optimizer.slots.length, 0);
  }

  /** Keeps the state in this store; what is new begins as the optimizer says. */
  attach(store: ValueStore, variables: readonly Variable[]): void {
    if (store !== this.#store) {
      this.detach();
      const moved = this.read();
      this.#store = store;
      this.assign(moved);
      this.#kept = undefined;
    }
    for (const variable of variables) this.slotsOf(variable);
  }

  /** Takes the values back from their store. */
  detach(): void {
    const store = this.#store;
    if (store === undefined) return;
    this.#kept = this.read().variables;
    for (const nodes of this.#slots.values()) for (const node of Object.values(nodes)) store.drop(node);
    this.#store = undefined;
  }

  /** The nodes of a variable's slots. */
  slotsOf(variable: Variable): Readonly<Record<string, Node>> {
    let slots = this.#slots.get(variable);
    if (slots === undefined) {
      slots = Object.fromEntries(
        this.#optimizer.slots.map((slot) => [slot, parameterNode(`${variable.path}/${slot}`, variable.shape)]),
      );
      this.#slots.set(variable, slots);
      for (const [slot, node] of Object.entries(slots)) this.#store?.set(node, this.#initial(variable, slot));
    }
    return slots;
  }

  /**
   * Gives variables the averages of their values, if the optimizer keeps them, as Keras's `finalize_variable_values`: at the end of
   * a training.
   */
  useAverages(variables: readonly Variable[]): void {
    const store = this.#store;
    if (!this.#optimizer.common.useEma || this.iterations === 0 || store === undefined) return;
    for (const variable of variables) variable.assign(store.get(this.slotsOf(variable)["average"] as Node));
  }

  /** Copies of all values. */
  read(): OptimizerValues {
    if (this.#kept !== undefined) return { iterations: this.iterations, variables: this.#kept };
    const store = this.#store;
    const variables = [...this.#slots].map(([variable, nodes]) => ({
      variable,
      slots: Object.fromEntries(
        Object.entries(nodes).map(([slot, node]) => [slot, store?.get(node).slice() ?? this.#initial(variable, slot)]),
      ),
    }));
    return { iterations: this.iterations, variables };
  }

  /**
   * Puts values back.
   *
   * @throws GraphError before the model has an engine to keep them.
   */
  assign({ iterations, variables }: OptimizerValues): void {
    const store = this.#store;
    if (store === undefined) throw new GraphError("the optimizer's state can be set once the model has been prepared");
    this.iterations = iterations;
    for (const { variable, slots } of variables) {
      const nodes = this.slotsOf(variable);
      for (const [slot, values] of Object.entries(slots)) {
        const node = nodes[slot];
        if (node === undefined) {
          throw new GraphError(`${this.#optimizer.className} keeps ${this.#optimizer.slots.join(", ")}, not "${slot}"`);
        }
        store.set(node, values);
      }
    }
  }

  /** An average that begins in the midst of a training begins with what it averages. */
  #initial(variable: Variable, slot: string): Float32Array {
    if (slot === "average" && this.iterations > 0) return variable.read();
    return new Float32Array(variable.size).fill(this.#optimizer.initialSlotValue(slot));
  }
}
