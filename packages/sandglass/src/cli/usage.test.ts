// How the command line is called, and what wrong usage gets. Nothing is trained here.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import { version } from "../version.ts";
import { runCli, type Result } from "./testing/run-cli.ts";

// A command takes a second, or several when the machine is busy.
vi.setConfig({ testTimeout: 60_000 });
const cwd = mkdtempSync(join(tmpdir(), "sandglass-usage-"));
afterAll(() => rmSync(cwd, { recursive: true, force: true }));
const run = (...words: string[]): Promise<Result> => runCli(words, { cwd });

const COMMANDS =
  "explore train classify resume evaluate reconstruct sample judge filter layers demo models datasets".split(" ");

describe.concurrent("help", () => {
  test("lists the commands, with examples, also when called with nothing", async () => {
    const { code, stdout } = await run("--help");
    expect(code).toBe(0);
    for (const name of COMMANDS) {
      expect(stdout).toContain(`  ${name} `);
    }
    expect(stdout).toContain("$ sandglass train fashion-mnist --model conv --epochs 10");
    expect(await run()).toEqual({ code: 0, stdout, stderr: "" });
  });

  test.each(COMMANDS)("of %s has an example and the options of every command", async (name) => {
    const { code, stdout } = await run(name, "--help");
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`\\$ sandglass ${name}`, "u"));
    for (const option of ["--data-dir", "--json", "--quiet", "--threads", "--deterministic", "--seed"]) {
      expect(stdout).toContain(option);
    }
  });

  test("the version", async () => {
    expect(await run("--version")).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  });
});

describe.concurrent("wrong usage ends with 2 and names what was meant", () => {
  test.each([
    [["trian", "wardrobe"], /unknown command 'trian'\s+\(Did you mean train\?\)/u],
    [
      ["train", "wardrobe", "--model", "pca", "--preset", "best"],
      /the model "pca" is solved at once and has no option --preset\n/u,
    ],
    [
      ["train", "wardrobe", "--model", "vae", "--codes", "3"],
      /the model "vae" has no option --codes, which is one of vq-vae; did you mean --code\?/u,
    ],
    [
      ["train", "wardrobe", "--epochz", "3"],
      /models "conv" and "deep" have an option --epochz; did you mean --epochs\?/u,
    ],
    [
      ["train", "wardrobe", "--beta", "3"],
      /the models "conv" and "deep" have no option --beta, which is one of vae.*See .*models conv, sandglass models deep/su,
    ],
    [["train", "wardrobe", "--model", "vae", "--code", "0.5"], /code of the model "vae" must be a whole number/u],
    [
      ["evaluate", "runs/last", "photos", "--size", "64"],
      /'64' is invalid\. Data are prepared as those of the run were/u,
    ],
    [["classify", "predict", "runs/last", "x", "--out", "a.csv", "--label", "late"], /prepared as those of the run/u],
    [["train"], /missing required argument 'data'/u],
    [["train", "wardrobe", "--epochs", "0"], /'0' is invalid\. Expected a whole number from 1 on/u],
    [["train", "wardrobe", "--learning-rate", "fast"], /'fast' is invalid\. Expected a number above 0/u],
    [["train", "wardrobe", "--validation", "1.5"], /'1\.5' is invalid\. Expected a share below 1/u],
    [["train", "wardrobe", "--optimizer", "adm"], /Known: adam, nadam, .*\. Did you mean "adam"\?/u],
    [["train", "wardrobe", "--model", "cnov"], /no model "cnov"; did you mean "conv"\?/u],
    [["train", "fashon-mnist"], /no data set "fashon-mnist".*did you mean "fashion-mnist"\?/u],
    [["evaluate", "runs/last", "wardrobe"], /no run in runs\/last.*Train a model first: sandglass train/u],
    [["reconstruct", "runs/last", "wardrobe"], /required option '-o, --out <path>' not specified/u],
    [["models", "--threads", "0"], /Expected a whole number from 1 to 256/u],
  ])("%j", async (words, message) => {
    const { code, stdout, stderr } = await run(...words);
    expect(stderr).toMatch(message);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });

  test("with --json as the one object on standard output", async () => {
    const { code, stdout, stderr } = await run("--json", "trian");
    expect(code).toBe(2);
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toEqual({
      error: { kind: "usage", exitCode: 2, message: "unknown command 'trian'\n(Did you mean train?)" },
    });
  });
});

describe.concurrent("lists", () => {
  test("of models, as text and as JSON", async () => {
    const { stdout } = await run("models");
    expect(stdout).toMatch(
      /^pca +principal components, solved exactly\n +for: the yardstick.*\n +cost: .*\n +options: --code <number>/mu,
    );
    const { models } = JSON.parse((await run("models", "--json")).stdout);
    expect(models[0]).toMatchObject({ name: "vanilla", training: { epochs: 20, optimizer: "adam" } });
    expect(models[0].options[0]).toMatchObject({ name: "preset", flag: "--preset <word>", default: "balanced" });
    expect((await run("models", "deep")).stdout).toMatch(
      /^--loss <word> +by the data +what .*\n +one of mse, mae, bce$/mu,
    );
    const { stdout: pca } = await run("models", "pca");
    expect(pca).toMatch(/^--standardize +off +divide each value by/mu);
    expect(pca).toMatch(/^trained +solved at once$/mu);
  });

  test("of data sets, with where each one is", async () => {
    const { code, stdout } = await run("datasets", "--json", "--data-dir", cwd);
    expect(code).toBe(0);
    const { datasets } = JSON.parse(stdout);
    expect(datasets[0]).toMatchObject({ name: "wardrobe", state: "drawn", where: "drawn by Sandglass" });
    expect(datasets[1]).toMatchObject({ name: "fashion-mnist", licence: "MIT" });
    expect((await run("datasets")).stdout).toMatch(/^mnist +60,000 \+ 10,000 +28×28×1 +CC BY-SA 3\.0/mu);
  });
});
