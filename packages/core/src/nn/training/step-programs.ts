import type { Examples } from "./examples.ts";
import type { Figure, PartValues } from "./figures.ts";
import type { Batch, ModelProgram, StepNumbers } from "./model-program.ts";

/** The programs of a batch's steps, in their order. */
export class StepPrograms {
  readonly #programs: readonly ModelProgram[];
  readonly #taken: boolean[];

  constructor(programs: readonly ModelProgram[]) {
    this.#programs = programs;
    this.#taken = programs.map(() => false);
  }

  /** What all of them measure. */
  get figures(): readonly Figure[] {
    return this.#programs.flatMap(({ figures }) => figures);
  }

  /** The loss of each step that the last batch took. */
  get losses(): readonly (number | undefined)[] {
    return this.#takenParts().map((values) => values?.[0]?.["mean"]?.[0]);
  }

  /** Takes a step. */
  run(index: number, examples: Examples, batch: Batch, numbers: StepNumbers): void {
    this.#programs[index]?.run(examples, batch, numbers);
    this.#taken[index] = true;
  }

  /** Says that the batch goes without a step, so that it measures nothing. */
  skip(index: number): void {
    this.#taken[index] = false;
  }

  /** The parts of the figures after the last batch, undefined for those of steps that it did not take; valid until the next. */
  measured(): PartValues {
    const parts = this.#takenParts();
    return this.#programs.flatMap(({ figures }, index) => parts[index] ?? figures.map(() => undefined));
  }

  #takenParts(): readonly (PartValues | undefined)[] {
    return this.#programs.map((program, index) => (this.#taken[index] === true ? program.measured() : undefined));
  }
}
