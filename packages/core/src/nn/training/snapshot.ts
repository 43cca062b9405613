import type { OptimizerValues } from "./optimizer-state.ts";
import type { Trainer } from "./trainer.ts";

/** Copies of a model's weights and of its optimizers' states, to go back to. */
export class Snapshot {
  readonly #trainer: Trainer;
  #weights: readonly Float32Array[] = [];
  #states: readonly OptimizerValues[] = [];

  constructor(trainer: Trainer) {
    this.#trainer = trainer;
    this.take();
  }

  take(): void {
    this.#weights = this.#trainer.model.variables.map((variable) => variable.read());
    this.#states = this.#trainer.steps.map(({ state }) => state.read());
  }

  restore(): void {
    for (const [index, variable] of this.#trainer.model.variables.entries()) {
      variable.assign(this.#weights[index] as Float32Array);
    }
    for (const [index, { state }] of this.#trainer.steps.entries())
      state.assign(this.#states[index] as OptimizerValues);
  }
}
