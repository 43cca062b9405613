import type { Engine } from "./engine.ts";
import type { ModelGraph } from "./model-graph.ts";
import { ModelProgram } from "./model-program.ts";

/** Batches of many different sizes each need a program; the one that was not used for longest makes room. */
const MOST_PROGRAMS = 8;

/** A program that stays until it is released. */
export interface HeldProgram {
  readonly program: ModelProgram;
  release(): Promise<void>;
}

interface Entry {
  readonly program: Promise<ModelProgram>;
  readonly parameters: Engine["parameters"];
  /** How many hold the program. */
  users: number;
}

/** The programs of a model, compiled when they are first asked for. */
export class ProgramCache {
  readonly #entries = new Map<string, Entry>();
  /** Programs that are no longer handed out and still held. */
  readonly #retired = new Set<Entry>();

  /** The program of a kind for batches of up to `batchSize` samples, on this engine. */
  async hold(kind: string, batchSize: number, engine: Engine, build: () => ModelGraph): Promise<HeldProgram> {
    const key = `${kind} ${batchSize}`;
    const cached = this.#entries.get(key);
    const isHere = cached?.parameters === engine.parameters;
    const entry = isHere ? cached : compile(build(), batchSize, engine);
    entry.users++;
    // The last in the map is the one that was used last.
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    if (cached !== undefined && !isHere) await this.#retire(cached);
    try {
      const program = await entry.program;
      await this.#makeRoom();
      return { program, release: () => this.#release(entry) };
    } catch (error) {
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
      throw error;
    }
  }

  /** Gives the programs' memory back. */
  async dispose(): Promise<void> {
    const entries = [...this.#entries.values(), ...this.#retired];
    this.#entries.clear();
    this.#retired.clear();
    for (const { program } of entries) await (await program).dispose();
  }

  async #release(entry: Entry): Promise<void> {
    entry.users--;
    if (entry.users === 0 && this.#retired.delete(entry)) await (await entry.program).dispose();
    else await this.#makeRoom();
  }

  async #makeRoom(): Promise<void> {
    const idle = [...this.#entries].filter(([, { users }]) => users === 0);
    const dropped = idle.slice(0, Math.max(0, this.#entries.size - MOST_PROGRAMS));
    for (const [key] of dropped) this.#entries.delete(key);
    for (const [, { program }] of dropped) await (await program).dispose();
  }

  /** Disposes of a program as soon as nobody holds it. */
  async #retire(entry: Entry): Promise<void> {
    if (entry.users > 0) this.#retired.add(entry);
    else await (await entry.program).dispose();
  }
}

function compile(graph: ModelGraph, batchSize: number, engine: Engine): Entry {
  return { program: ModelProgram.compile(graph, batchSize, engine), parameters: engine.parameters, users: 0 };
}
