/**
 * The line protocol between the harness and a peer: one JSON object per line, a request on the peer's standard
 * input, its reply on the peer's standard output. Standard error is free for whatever libraries print.
 */

export type Mode = "train" | "infer";

/** Builds and compiles the model. A peer gets one per process. */
export interface SetupRequest {
  readonly cmd: "setup";
  readonly workload: string;
  readonly batch: number;
  readonly threads: number;
  readonly mode: Mode;
}

/** Runs `steps` steps, each on the next batch in memory, and waits until the last is done. */
export interface RunRequest {
  readonly cmd: "run";
  readonly steps: number;
}

/** Ends the process; no reply. */
export interface QuitRequest {
  readonly cmd: "quit";
}

export type Request = SetupRequest | RunRequest | QuitRequest;

export interface Failure {
  readonly ok: false;
  readonly error: string;
}

export interface SetupReply {
  readonly ok: true;
  /** Trainable scalars: every peer must have the same number, or they do not run the same model. */
  readonly parameters: number;
  /** Library → version. */
  readonly versions: Readonly<Record<string, string>>;
}

export interface RunReply {
  readonly ok: true;
  /** Wall time of the steps, by the peer's own clock. */
  readonly seconds: number;
  /** Processor time the peer used since its last reply, while it should have slept. */
  readonly idleCpuSeconds: number;
  /** The last loss (train) or the mean of the last output (infer); null where that is no finite number. */
  readonly value: number | null;
}
