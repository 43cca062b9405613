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
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runSandglass } from "../sandglass-command.ts";
import { writePart } from "../write-part.ts";
import { classifiers } from "./classifiers.ts";
import { inDataFolder, type MeasuredFigure, type PublishedFigure } from "./figure.ts";
import { figures as autoencoders } from "./figures.ts";
import { readMeasure } from "./measure.ts";
import { renderFigures } from "./render.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const results = fileURLToPath(new URL("../results/figures", import.meta.url));
const page = join(root, "docs", "figures.md");
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
    : ((await runSandglass([...inDataFolder(figure.train, folder), "--out", out, "--force"])) as TrainedRun);
  const result =
    figure.afterwards === undefined
      ? trained
      : await runSandglass(figure.afterwards.map((word) => (word === "RUN" ? out : word)));
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

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, "utf8"));
}

async function readResults(): Promise<Map<string, MeasuredFigure>> {
  const names = (await readdir(results)).filter((name) => name.endsWith(".json"));
  const read = await Promise.all(names.map(async (name) => (await readJson(join(results, name))) as MeasuredFigure));
  return new Map(read.map((figure) => [figure.id, figure]));
}

async function writePage(measured: ReadonlyMap<string, MeasuredFigure>): Promise<void> {
  for (const [name, shown] of Object.entries(tables)) await writePart(page, name, renderFigures(shown, measured));
}
