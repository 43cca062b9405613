/** The registry of peers: how each is started, and what it can do. To add a peer, add its script and a line here. */

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import type { Mode } from "./protocol.ts";

/** Sandglass itself, what is native code, and what is JavaScript or WebAssembly. */
export type PeerGroup = "sandglass" | "native" | "javascript";

export interface PeerSpec {
  readonly title: string;
  readonly group: PeerGroup;
  /** The script's path inside `bench/peers`, then its arguments. */
  readonly command: readonly [script: string, ...arguments: string[]];
  readonly modes: readonly Mode[];
  /** False where the library runs on one thread in Node whatever is asked. */
  readonly threaded: boolean;
  /** Environment variables the library reads. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A peer as a run names it: `torch`, or `torch@1` to give it one thread whatever the others get. */
export interface PeerChoice {
  readonly label: string;
  readonly spec: PeerSpec;
  readonly threads: number | undefined;
}

const BOTH: readonly Mode[] = ["train", "infer"];

/** Inductor folds constants and packs weights for inference only when told that the weights are frozen. */
const FROZEN_WEIGHTS = { TORCHINDUCTOR_FREEZING: "1" };

const peers: Readonly<Record<string, PeerSpec>> = {
  sandglass: {
    title: "Sandglass",
    group: "sandglass",
    command: ["sandglass.ts"],
    modes: BOTH,
    threaded: true,
  },
  keras: {
    title: "Keras + TensorFlow (XLA, fit's default)",
    group: "native",
    command: ["keras_peer.py"],
    modes: BOTH,
    threaded: true,
  },
  "keras-graph": {
    title: "Keras + TensorFlow (graph, no XLA)",
    group: "native",
    command: ["keras_peer.py", "--no-xla"],
    modes: BOTH,
    threaded: true,
  },
  torch: {
    title: "PyTorch eager",
    group: "native",
    command: ["torch_peer.py"],
    modes: BOTH,
    threaded: true,
  },
  "torch-channels-last": {
    title: "PyTorch eager, channels last",
    group: "native",
    command: ["torch_peer.py", "--channels-last"],
    modes: BOTH,
    threaded: true,
  },
  "torch-compile": {
    title: "PyTorch compiled",
    group: "native",
    command: ["torch_peer.py", "--compile"],
    modes: BOTH,
    threaded: true,
    env: FROZEN_WEIGHTS,
  },
  "torch-compile-channels-last": {
    title: "PyTorch compiled, channels last",
    group: "native",
    command: ["torch_peer.py", "--compile", "--channels-last"],
    modes: BOTH,
    threaded: true,
    env: FROZEN_WEIGHTS,
  },
  onnxruntime: {
    title: "ONNX Runtime",
    group: "native",
    command: ["onnxruntime_peer.py"],
    modes: ["infer"],
    threaded: true,
  },
  "jax-js": {
    title: "jax-js (WASM)",
    group: "javascript",
    command: ["jax-js.ts"],
    modes: BOTH,
    threaded: true,
  },
  "tfjs-wasm": {
    title: "TensorFlow.js (WASM)",
    group: "javascript",
    command: ["tfjs.ts", "--backend=wasm"],
    modes: BOTH,
    threaded: false,
  },
  "tfjs-cpu": {
    title: "TensorFlow.js (JavaScript)",
    group: "javascript",
    command: ["tfjs.ts", "--backend=cpu"],
    modes: BOTH,
    threaded: false,
  },
};

const PEERS_FOLDER = fileURLToPath(new URL("peers/", import.meta.url));

/** The absolute path of a peer's script. */
export function scriptPath(spec: PeerSpec): string {
  return join(PEERS_FOLDER, spec.command[0]);
}

/** Reads `name` or `name@threads`; throws with the known names otherwise. */
export function parsePeer(label: string): PeerChoice {
  const [name = "", threads, ...rest] = label.split("@");
  const spec = peers[name];
  if (spec === undefined) {
    throw new Error(
      `unknown peer "${name}"; expected one of ${Object.keys(peers).join(", ")}, or one of them with @threads`,
    );
  }
  if (!existsSync(scriptPath(spec))) throw new Error(`peer "${name}" has no script bench/peers/${spec.command[0]}`);
  if (threads === undefined) return { label, spec, threads: undefined };
  if (!/^[1-9]\d*$/.test(threads) || rest.length > 0) {
    throw new Error(`peer "${label}": expected a number of threads after "@", as in ${name}@1`);
  }
  return { label, spec, threads: Number(threads) };
}

/** The peers of a run that names none: all of them, and jax-js on one thread as well, which is at times the faster. */
export function defaultPeers(): string[] {
  return Object.keys(peers).flatMap((name) => (name === "jax-js" ? [name, "jax-js@1"] : [name]));
}
