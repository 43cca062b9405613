import { describe, expect, test } from "vitest";
import { parseCommand, type Options } from "./options.ts";

const NOW = new Date("2030-01-02T03:04:05Z");

function options(...args: string[]): Options {
  const command = parseCommand(args, NOW);
  if (command.kind !== "run") throw new Error(`expected a run, got ${command.kind}`);
  return command.options;
}

describe("parseCommand", () => {
  test("runs everything on two threads unless told otherwise", () => {
    const { workloads, modes, batch, name, effort } = options("--threads", "1");
    expect(workloads).toEqual(["conv-autoencoder", "dense-autoencoder", "strided-autoencoder", "dense-vae", "dcgan"]);
    expect(modes).toEqual(["train", "infer"]);
    expect(batch).toBe(128);
    expect(name).toBe("2030-01-02T03-04-05");
    expect(effort.rounds).toBe(10);
  });

  test("takes workloads by letter or name, and peers with their own number of threads", () => {
    const { workloads, peers } = options("--threads=1", "--workloads=b,conv-autoencoder", "--peers=torch,jax-js@1");
    expect(workloads).toEqual(["dense-autoencoder", "conv-autoencoder"]);
    expect(peers.map(({ label, threads }) => [label, threads])).toEqual([
      ["torch", undefined],
      ["jax-js@1", 1],
    ]);
  });

  test("--quick shortens, and --rounds still counts", () => {
    expect(options("--threads=1", "--quick").effort.rounds).toBe(3);
    expect(options("--threads=1", "--quick", "--rounds=7").effort.rounds).toBe(7);
  });

  test("--show and --help are not runs", () => {
    expect(parseCommand(["--show", "a.json"])).toEqual({ kind: "show", file: "a.json" });
    expect(parseCommand(["--help"])).toEqual({ kind: "help" });
  });

  test.each([
    [["--workloads", "z"], 'unknown workload "z"; expected one of a (conv-autoencoder)'],
    [["--peers", "numpy"], 'unknown peer "numpy"; expected one of sandglass, keras'],
    [["--peers", "torch@two"], 'peer "torch@two": expected a number of threads after "@", as in torch@1'],
    [["--modes", "test"], 'unknown mode "test"; expected train or infer'],
    [["--batch", "0"], '--batch expects a positive whole number; got "0"'],
    [["--threads", "9999"], "--threads 9999: this machine has"],
    [["--name", "a/b"], '--name is a file name without folders; got "a/b"'],
  ])("%j is refused with what was expected", (args, message) => {
    expect(() => parseCommand(["--threads=1", ...args])).toThrow(message);
  });
});
