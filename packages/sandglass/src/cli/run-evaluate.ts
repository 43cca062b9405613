/** What `sandglass evaluate` does. */
import { isStreamed } from "@sandglass/core";
import { formatCount, formatFigure, formatVarianceKept } from "../text/number-format.ts";
import { loadRecord, loadRun, type Run } from "../runs/load-run.ts";
import { examine, examined } from "../examination/examine.ts";
import { checkLearnsTargets } from "../training/check-targets.ts";
import type { EvaluateArguments } from "./commands/evaluate.ts";
import type { Context } from "./context.ts";
import { readingChoices } from "./data-options.ts";
import { describeData } from "./describe-data.ts";
import { formatPairs } from "./table.ts";
import { targetLines } from "./target-lines.ts";
import { withDevice } from "./with-device.ts";
import { withRunData, type RunData } from "./with-run-data.ts";

export async function runEvaluate(
  context: Context,
  typed: string,
  source: string,
  { split, count, target, batchSize, ...options }: EvaluateArguments,
): Promise<void> {
  const { globals } = context;
  const { training } = await loadRecord(typed);
  const deterministic = globals.deterministic ?? training.deterministic;
  await withDevice({ ...globals, deterministic }, async (device) => {
    // Before the data, which may take minutes.
    const run = await loadRun(typed, { device });
    if (target !== undefined) checkLearnsTargets(run.model.family);
    const request = { source, half: split, count, target, reading: readingChoices(options) };
    try {
      await withRunData(context, typed, request, (opened) =>
        evaluate(context, run, opened, { source, target, count, batchSize }),
      );
    } finally {
      await run.model.dispose();
    }
  });
}

async function evaluate(
  { output, signal }: Context,
  { folder, model }: Run,
  { data, half, record }: RunData,
  {
    source,
    target,
    count,
    batchSize,
  }: {
    readonly source: string;
    readonly target: string | undefined;
    readonly count: number | undefined;
    readonly batchSize: number;
  },
): Promise<void> {
  if (target === undefined && record.data.request.choices.target !== undefined) {
    output.note(
      "the run learned to make targets, and none came: what it makes is compared with the images themselves (--target)",
    );
  }
  const started = performance.now();
  const terms = await model.evaluate(data, { batchSize, signal });
  const looked = isStreamed(data) ? await examined(data) : data;
  const reconstruction = model.encoder && (await examine(model, looked, { batchSize, signal }));
  const samplesPerSecond = (data.count / (performance.now() - started)) * 1000;
  // What the model measures goes first: of one that sees noise, that is the error with noise.
  const figures = reconstruction === undefined ? terms : { mse: reconstruction.mse, ...terms };
  const text = formatPairs([
    ["run", `${folder} (${record.model.family})`],
    ["data", describeData({ data, half }, count)],
    ...Object.entries(figures).map(([name, value]) => [name, formatFigure(value)] as const),
    ...(reconstruction === undefined
      ? []
      : [
          ...targetLines(reconstruction.targets),
          ["variance kept", formatVarianceKept(reconstruction.explainedVariance)] as const,
        ]),
    ["speed", `${formatCount(samplesPerSecond)} samples/s`],
  ]);
  output.result(text, {
    run: folder,
    data: {
      name: data.name,
      source,
      ...(target !== undefined && { target }),
      ...(half && { split: half }),
      count: data.count,
    },
    figures,
    ...(reconstruction && { explainedVariance: reconstruction.explainedVariance }),
    ...(reconstruction?.targets && { targets: reconstruction.targets }),
    samplesPerSecond,
  });
}
