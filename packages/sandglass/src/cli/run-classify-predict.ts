/** What `sandglass classify predict` does. */
import type { tables } from "@sandglass/core";
import { UserError } from "../errors.ts";
import { formatOf, writeTable } from "../tables/index.ts";
import { formatSamples } from "../text/number-format.ts";
import { checkFree } from "./check-free.ts";
import type { ClassifyUseArguments } from "./commands/classify.ts";
import type { Context } from "./context.ts";
import { readingChoices } from "./data-options.ts";
import { describeData } from "./describe-data.ts";
import { formatPairs } from "./table.ts";
import { withClassifierData } from "./with-classifier-data.ts";

export async function runClassifyPredict(
  context: Context,
  typed: string,
  source: string,
  { split, count, batchSize, out, force = false, ...options }: ClassifyUseArguments,
): Promise<void> {
  if (out === undefined) throw new UserError("classify predict writes a table; say where with --out", { exitCode: 2 });
  // Before anything is read.
  formatOf(out);
  await checkFree(out, { force, what: "table", example: "predictions.csv" });
  const { output, signal } = context;
  const request = { source, half: split, count, reading: readingChoices(options) };
  await withClassifierData(context, typed, request, async (opened) => {
    const { data, half, classifier, folder, sampleNames, rowNumber } = opened;
    const { classNames, numClasses } = classifier;
    const probabilities = await classifier.predict(data, { batchSize, signal });
    const decisions = classifier.decide(probabilities);
    const samples = [...decisions.keys()];
    const columns: tables.Column[] = [
      {
        name: "sample",
        type: "text",
        values: samples.map((sample) => sampleNames?.[sample] ?? String(rowNumber?.(sample) ?? sample)),
      },
      {
        name: "class",
        type: "text",
        values: samples.map((sample) => classNames[decisions[sample] as number] ?? ""),
      },
      ...classNames.map((name, index): tables.Column => ({
        name: `probability of ${name}`,
        type: "number",
        values: Float64Array.from(samples, (sample) => probabilities[sample * numClasses + index] as number),
      })),
    ];
    await writeTable(out, columns);
    const counts = classNames.map(
      (name, index) => [name, formatSamples(decisions.filter((decision) => decision === index).length)] as const,
    );
    output.result(formatPairs([["run", folder], ["data", describeData(opened, count)], ...counts, ["written", out]]), {
      run: folder,
      data: { name: data.name, source, ...(half && { split: half }), count: data.count },
      counts: Object.fromEntries(
        classNames.map((name, index) => [name, decisions.filter((one) => one === index).length]),
      ),
      out,
    });
  });
}
