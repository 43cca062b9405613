/** DuckDB with one temporary database of its own, which is gone when it is closed. It is loaded when the first one is opened. */
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { DuckDBAppender, DuckDBConnection, DuckDBDataChunk, DuckDBInstance, JS } from "@duckdb/node-api";
import { UserError } from "../errors.ts";
import { quoteText } from "./sql-text.ts";
import { makeTemporaryFolder, type TemporaryFolder } from "./temporary-folder.ts";

export interface DatabaseOptions {
  /** How much memory DuckDB may use: "512MB" unless given. What is larger goes to the temporary folder. */
  readonly memoryLimit?: string | undefined;
  /** Ends the query that is under way. */
  readonly signal?: AbortSignal | undefined;
}

/** A row of a result, by column names. */
export type Row = Readonly<Record<string, JS>>;

/** Tables of more columns are laid out otherwise. */
const WIDE = 250;
/** A column takes at least a block, for each of which there is a quarter of a megabyte otherwise. */
const WIDE_BLOCK_BYTES = 16_384;
const WIDE_NAME = "wide";

/** Each thread has buffers of its own, which must fit into the memory that DuckDB may use. */
const MOST_THREADS = 4;

/** A database whose tables lie in a temporary file: in memory while they fit there, and on the disk where not. */
export class Database {
  /** For files of the same life as the database. */
  readonly folder: string;
  readonly #temporary: TemporaryFolder;
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;
  readonly #signal: AbortSignal | undefined;
  readonly #interrupt: () => void;
  #threads = Math.min(availableParallelism(), MOST_THREADS);
  #isWide = false;

  private constructor(
    temporary: TemporaryFolder,
    instance: DuckDBInstance,
    connection: DuckDBConnection,
    signal: AbortSignal | undefined,
  ) {
    this.folder = temporary.path;
    this.#temporary = temporary;
    this.#instance = instance;
    this.#connection = connection;
    this.#signal = signal;
    this.#interrupt = () => connection.interrupt();
    signal?.addEventListener("abort", this.#interrupt);
  }

  /** @throws UserError when the temporary folder cannot be made, or the memory limit is no size. */
  static async open({ memoryLimit = "512MB", signal }: DatabaseOptions = {}): Promise<Database> {
    signal?.throwIfAborted();
    if (!/^\d+(\.\d+)?\s*[KMGT]i?B$/i.test(memoryLimit)) {
      throw new UserError(`${memoryLimit} came as the memory limit; expected a size such as 512MB or 2GB`);
    }
    const { DuckDBInstance } = await import("@duckdb/node-api");
    const temporary = await makeTemporaryFolder();
    try {
      const instance = await DuckDBInstance.create(join(temporary.path, "tables.duckdb"), {
        memory_limit: memoryLimit,
        temp_directory: join(temporary.path, "overflow"),
        threads: String(Math.min(availableParallelism(), MOST_THREADS)),
        // Nothing is ever fetched from the network.
        autoinstall_known_extensions: "false",
        autoload_known_extensions: "false",
      });
      return new Database(temporary, instance, await instance.connect(), signal);
    } catch (error) {
      await temporary.remove();
      throw error;
    }
  }

  /** Ends what is under way, also what reads files for the database. */
  get signal(): AbortSignal | undefined {
    return this.#signal;
  }

  /** Runs a statement that gives nothing. */
  async run(sql: string): Promise<void> {
    await this.#guard(() => this.#connection.run(sql));
  }

  /** To be called before a table of so many columns is made: wide ones would need more memory than there is. */
  async expectColumns(count: number): Promise<void> {
    if (count <= WIDE || this.#isWide) return;
    const path = quoteText(join(this.folder, `${WIDE_NAME}.duckdb`));
    await this.run(`ATTACH ${path} AS ${WIDE_NAME} (BLOCK_SIZE ${WIDE_BLOCK_BYTES})`);
    await this.run(`USE ${WIDE_NAME}`);
    this.#isWide = true;
    // Each thread has buffers for each column.
    this.#threads = 1;
    await this.run("SET threads = 1");
  }

  /** The rows of a small result; BIGINT comes as bigint, so counts are cast to DOUBLE. */
  async rows(sql: string): Promise<readonly Row[]> {
    const reader = await this.#guard(() => this.#connection.runAndReadAll(sql));
    return reader.getRowObjectsJS();
  }

  /** The only row of a result. */
  async row(sql: string): Promise<Row> {
    const [row] = await this.rows(sql);
    if (row === undefined) throw new Error(`a row was expected of: ${sql}`);
    return row;
  }

  /** A result of any size, piece by piece. It has a connection of its own, so other queries may run meanwhile. */
  async *chunks(sql: string): AsyncGenerator<DuckDBDataChunk> {
    const connection = await this.#guard(() => this.#instance.connect());
    try {
      if (this.#isWide) await connection.run(`USE ${WIDE_NAME}`);
      const result = await this.#guard(() => connection.stream(sql));
      for (;;) {
        const chunk = await this.#guard(() => result.fetchChunk());
        if (chunk === null || chunk.rowCount === 0) return;
        yield chunk;
      }
    } finally {
      connection.closeSync();
    }
  }

  /** Appends rows to a table; the caller closes the appender. */
  appender(table: string): Promise<DuckDBAppender> {
    return this.#guard(() => this.#connection.createAppender(table));
  }

  /**
   * What the queries inside compute is the same on every machine: sums of floats are added up in the order of the rows, by one thread.
   */
  async inOrder<T>(compute: () => Promise<T>): Promise<T> {
    await this.run("SET threads = 1");
    try {
      return await compute();
    } finally {
      if (this.#signal?.aborted !== true) await this.run(`SET threads = ${this.#threads}`);
    }
  }

  /** Closes the database and removes all its files. */
  async close(): Promise<void> {
    this.#signal?.removeEventListener("abort", this.#interrupt);
    this.#connection.closeSync();
    this.#instance.closeSync();
    await this.#temporary.remove();
  }

  async #guard<T>(query: () => Promise<T>): Promise<T> {
    this.#signal?.throwIfAborted();
    try {
      return await query();
    } catch (error) {
      this.#signal?.throwIfAborted();
      throw mendable(error);
    }
  }
}

/** What of DuckDB's errors the user can mend, whatever was asked. */
function mendable(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (error.message.startsWith("Out of Memory Error")) {
    return new UserError(
      "the table needs more memory than DuckDB may use here; give it more (memoryLimit), or free space on the disk of " +
        `temporary files (TMPDIR chooses another)\n${firstLine(error.message)}`,
      { cause: error },
    );
  }
  if (/no space left|disk quota|disk is full/i.test(error.message)) {
    return new UserError(
      `the disk of temporary files is full; free some space, or choose another disk by TMPDIR\n${firstLine(error.message)}`,
      { cause: error },
    );
  }
  return error;
}

/** DuckDB's messages go on with hints for people who write SQL. */
export function firstLine(message: string): string {
  return message.split("\n", 1)[0] ?? message;
}
