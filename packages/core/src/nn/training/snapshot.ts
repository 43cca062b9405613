import type { OptimizerValues } from "./optimizer-state.ts";
import type { Trainer } from "./trainer.ts";

/** Copies of a model's weights and of its optimizer's state, to go back to. */
export class Snapshot {
  readonly #trainer: Trainer;
  #weights: readonly Float32Array[] = [];
  #state: OptimizerValues = { iterations: 0, variables: [] };

  constructor(trainer: Trainer) {
    this.#trainer = trainer;
    this.take();
  }

  take(): void {
    this.#weights = this.#trainer.model.variables.map((variable) => variable.read());
    this.#state = this.#trainer.state.read();
  }

  restore(): void {
    for (const [index, variable] of this.#trainer.model.variables.entries()) {
      variable.assign(this.#weights[index] as Float32Array);
    }
    this.#trainer.state.assign(this.#state);
  }
}
