import type { Engine } from "./engine.ts";
import type { ModelGraph } from "./model-graph.ts";
import { ModelProgram } from "./model-program.ts";

/** Batches of many different sizes each need a program; the one that was not used for longest makes room. */
const MOST_PROGRAMS = 8;

/** The programs of a model, compiled when they are first asked for. */
export class ProgramCache {
  readonly #programs = new Map<string, Promise<ModelProgram>>();

  /** The program of a kind for batches of up to `batchSize` samples. */
  async get(kind: string, batchSize: number, engine: Engine, build: () => ModelGraph): Promise<ModelProgram> {
    const key = `${kind} ${batchSize}`;
    const cached = this.#programs.get(key);
    const program = cached ?? ModelProgram.compile(build(), batchSize, engine);
    this.#programs.delete(key);
    this.#programs.set(key, program);
    try {
      await program;
    } catch (error) {
      this.#programs.delete(key);
      throw error;
    }
    const [oldest] = this.#programs.keys();
    if (this.#programs.size > MOST_PROGRAMS && oldest !== undefined) await this.#drop(oldest);
    return program;
  }

  /** Gives the programs' memory back. */
  async dispose(): Promise<void> {
    for (const key of this.#programs.keys()) await this.#drop(key);
  }

  async #drop(key: string): Promise<void> {
    const program = this.#programs.get(key);
    this.#programs.delete(key);
    await (await program)?.dispose();
  }
}
