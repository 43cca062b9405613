/** What `sandglass evaluate` does. */
import { hasHalves } from "../data/index.ts";
import { formatCount, formatFigure, formatSamples, formatShare } from "../report/number-format.ts";
import { loadRecord, loadRun } from "../runs/load-run.ts";
import { examine } from "../examination/examine.ts";
import type { EvaluateArguments } from "./commands/evaluate.ts";
import type { Context } from "./context.ts";
import { loadData } from "./load-data.ts";
import { formatPairs } from "./table.ts";
import { withDevice } from "./with-device.ts";

export async function runEvaluate(
  context: Context,
  typed: string,
  source: string,
  { split, count, batchSize }: EvaluateArguments,
): Promise<void> {
  const { globals, output, signal } = context;
  const record = await loadRecord(typed);
  // Drawn data come from the run's own seed unless another is given: its test half is drawn from seeds of its own.
  const data = await loadData(context, source, { split, count, seed: globals.seed ?? record.training.seed });
  const half = (await hasHalves(source)) ? split : undefined;
  const deterministic = globals.deterministic ?? record.training.deterministic;
  await withDevice({ ...globals, deterministic }, async (device) => {
    const { folder, model } = await loadRun(typed, { device });
    const started = performance.now();
    const terms = await model.evaluate(data, { batchSize, signal });
    const reconstruction = model.encoder && (await examine(model, data, { batchSize, signal }));
    const samplesPerSecond = (data.count / (performance.now() - started)) * 1000;
    await model.dispose();
    // What the model measures goes first: of one that sees noise, that is the error with noise.
    const figures = reconstruction === undefined ? terms : { mse: reconstruction.mse, ...terms };
    const text = formatPairs([
      ["run", `${folder} (${record.model.family})`],
      ["data", `${data.name}, ${half ?? "the whole file"}, ${formatSamples(data.count)}`],
      ...Object.entries(figures).map(([name, value]) => [name, formatFigure(value)] as const),
      ...(reconstruction === undefined
        ? []
        : [["variance kept", formatShare(reconstruction.explainedVariance)] as const]),
      ["speed", `${formatCount(samplesPerSecond)} samples/s`],
    ]);
    output.result(text, {
      run: folder,
      data: { name: data.name, source, ...(half && { split: half }), count: data.count },
      figures,
      ...(reconstruction && { explainedVariance: reconstruction.explainedVariance }),
      samplesPerSecond,
    });
  });
}
