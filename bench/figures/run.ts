/**
 * Trains what published figures are compared with, by the commands that the table in docs/figures.md names, and writes the table.
 *
 *     npm run figures                       every figure that was not measured yet
 *     npm run figures -- stacked vae-20     these, measured anew
 *     npm run figures -- --keep stacked     this, from its run in runs/, which was trained before
 *     npm run figures -- --render           the table alone, from the results that are there
 *
 * DATA/ in a command is the folder that SANDGLASS_DATA names.
 */
import { spawn } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { classifiers } from "./classifiers.ts";
import { inDataFolder, type MeasuredFigure, type PublishedFigure } from "./figure.ts";
import { figures as autoencoders } from "./figures.ts";
import { readMeasure } from "./measure.ts";
import { renderFigures } from "./render.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const results = fileURLToPath(new URL("../results/figures", import.meta.url));
const page = join(root, "docs", "figures.md");
const program = join(root, "packages", "sandglass", "bin", "sandglass.js");
/** The tables of the page, by the comments around them. */
const tables: Readonly<Record<string, readonly PublishedFigure[]>> = { figures: autoencoders, classifiers };
const figures = Object.values(tables).flat();

const words = process.argv.slice(2);
const wanted = words.filter((word) => !word.startsWith("--"));
await mkdir(results, { recursive: true });
const before = await readResults();
if (!words.includes("--render")) {
  const due = wanted.length === 0 ? figures.filter(({ id }) => !before.has(id)) : wanted.map(figureOf);
  for (const figure of due) await measure(figure);
}
await writePage(await readResults());

function figureOf(id: string): PublishedFigure {
  const found = figures.find((figure) => figure.id === id);
  if (found !== undefined) return found;
  throw new Error(`no such figure: ${id}; known: ${figures.map((figure) => figure.id).join(", ")}`);
}

interface TrainedRun {
  readonly model: { readonly parameters: number };
  readonly result: { readonly epochs: number; readonly seconds: number };
}

async function measure(figure: PublishedFigure): Promise<void> {
  const out = join(root, "runs", `figure-${figure.id}`);
  const folder = process.env["SANDGLASS_DATA"];
  const trained = words.includes("--keep")
    ? ((await readJson(join(out, "run.json"))) as TrainedRun)
    : ((await run([...inDataFolder(figure.train, folder), "--out", out, "--force", "--json"])) as TrainedRun);
  const result =
    figure.afterwards === undefined
      ? trained
      : await run([...figure.afterwards.map((word) => (word === "RUN" ? out : word)), "--json"]);
  const { version } = (await readJson(join(root, "packages", "sandglass", "package.json"))) as {
    readonly version: string;
  };
  const measured: MeasuredFigure = {
    id: figure.id,
    command: `sandglass ${figure.train.join(" ")}`,
    value: (figure.conversion?.convert ?? identity)(readMeasure(figure.measure, result)),
    ...(figure.others && {
      others: Object.fromEntries(
        Object.entries(figure.others).map(([name, term]) => [name, readMeasure(term, result)]),
      ),
    }),
    parameters: trained.model.parameters,
    epochs: trained.result.epochs,
    seconds: trained.result.seconds,
    sandglass: version,
    date: new Date().toISOString().slice(0, 10),
  };
  process.stderr.write(`${figure.id}: ${measured.value} (published: ${figure.published ?? "none"})\n`);
  await writeFile(join(results, `${figure.id}.json`), `${JSON.stringify(measured, undefined, 2)}\n`);
}

function identity(value: number): number {
  return value;
}

/** Runs a command of the program, and returns what it prints. */
function run(commandWords: readonly string[]): Promise<unknown> {
  process.stderr.write(`sandglass ${commandWords.join(" ")}\n`);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...commandWords], {
      cwd: root,
      stdio: ["ignore", "pipe", "inherit"],
    });
    let printed = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (printed += text));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(JSON.parse(printed));
      else reject(new Error(`sandglass ${commandWords.join(" ")} ended with ${code}: ${printed}`));
    });
  });
}

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, "utf8"));
}

async function readResults(): Promise<Map<string, MeasuredFigure>> {
  const names = (await readdir(results)).filter((name) => name.endsWith(".json"));
  const read = await Promise.all(names.map(async (name) => (await readJson(join(results, name))) as MeasuredFigure));
  return new Map(read.map((figure) => [figure.id, figure]));
}

async function writePage(measured: ReadonlyMap<string, MeasuredFigure>): Promise<void> {
  let text = await readFile(page, "utf8");
  for (const [name, shown] of Object.entries(tables)) {
    const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const [head, rest = ""] = text.split(begin);
    const [, tail = ""] = rest.split(end);
    text = `${head}${begin}\n\n${renderFigures(shown, measured)}\n\n${end}${tail}`;
  }
  await writeFile(page, text);
}
