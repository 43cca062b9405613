/** The event files of a training, one for each of its runs: folders that TensorBoard shows as curves of their own. */
import type { JsonValue } from "../../nn/keras-object.ts";
import { joinPath } from "../files.ts";
import type { Files } from "../files.ts";
import { EventFile } from "./event-file.ts";
import type { Summary } from "./messages.ts";

/** The folder of the logs itself is the run "". */
const RUNS: readonly string[] = ["", "train", "validation"];

interface State {
  readonly session: string;
  readonly lengths: Readonly<Record<string, number>>;
}

export class EventRuns {
  readonly #files: Files;
  readonly #folder: string;
  #session = "";
  #runs: ReadonlyMap<string, EventFile> = new Map();

  constructor(files: Files, folder: string) {
    this.#files = files;
    this.#folder = folder;
  }

  /** What is there when a training is interrupted: files of this name, with so many bytes. */
  get state(): JsonValue {
    const lengths = Object.fromEntries([...this.#runs].map(([run, { length }]) => [run, length]));
    return { session: this.#session, lengths };
  }

  /** Gives the training's files a name that no file has. TensorBoard reads the files of a run in the order of their names. */
  async begin(): Promise<void> {
    const start = `events.out.tfevents.${Math.floor(Date.now() / 1000)}.sandglass`;
    const lists = await Promise.all(RUNS.map((run) => this.#files.list(this.#folderOf(run))));
    const taken = new Set(lists.flat());
    let number = 0;
    while (taken.has(`${start}.${number}.v2`)) number++;
    this.#open(`${start}.${number}.v2`);
  }

  /** Goes on with the files of an interrupted training, and takes back what came after its state was saved. */
  async restore(state: JsonValue): Promise<void> {
    const { session, lengths } = state as unknown as State;
    this.#open(session);
    for (const [run, file] of this.#runs) await file.cut(lengths[run] ?? 0);
  }

  async write(run: string, step: number, summaries: readonly Summary[]): Promise<void> {
    await this.#runs.get(run)?.write(step, summaries);
  }

  #open(session: string): void {
    this.#session = session;
    this.#runs = new Map(
      RUNS.map((run) => [run, new EventFile(this.#files, joinPath(this.#folderOf(run), session))] as const),
    );
  }

  #folderOf(run: string): string {
    return run === "" ? this.#folder : joinPath(this.#folder, run);
  }
}
