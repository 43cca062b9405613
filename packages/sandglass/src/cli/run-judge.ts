/** What `sandglass judge` does. */
import {
  counted,
  dataset,
  Judge,
  representativeSamples,
  rows,
  type Autoencoder,
  type Dataset,
  type Judgement,
} from "@sandglass/core";
import { UserError } from "../errors.ts";
import { imageLayout } from "../images/index.ts";
import { formatCount, formatFigure, formatShare } from "../text/number-format.ts";
import { loadRun } from "../runs/load-run.ts";
import type { JudgeArguments } from "./commands/judge.ts";
import type { Context } from "./context.ts";
import { formatPairs } from "./table.ts";
import { withDevice } from "./with-device.ts";
import { withRunData } from "./with-run-data.ts";

export async function runJudge(
  context: Context,
  typed: string,
  source: string,
  { count }: JudgeArguments,
): Promise<void> {
  const { globals, output, signal } = context;
  const seed = globals.seed ?? 0;
  const { record, training } = await withRunData(context, typed, { source, half: "train" }, async (opened) => {
    if (opened.half !== undefined) return { record: opened.record, training: await representativeSamples(opened.data) };
    throw new UserError(`judge needs a set with a test part, and ${source} comes in one piece`, { exitCode: 2 });
  });
  const test = await withRunData(context, typed, { source, half: "test" }, ({ data }) => representativeSamples(data));
  const deterministic = globals.deterministic ?? record.training.deterministic;
  await withDevice({ ...globals, deterministic }, async (device) => {
    const { folder, model } = await loadRun(typed, { device });
    checkJudgeable(model, training, test);
    output.note(`drawing ${counted(count, "image")}`);
    const drawn = await draw(model, { count, seed, signal });
    output.note(`training the judge on ${counted(training.count, "real image")}`);
    const judge = await Judge.train(training, test, { seed, device, signal });
    output.note(`judging`);
    const judgement = await judge.judge(drawn);
    // What as many real images would get is the most that drawn ones can.
    const real = await judge.judge(rows(training, 0, Math.min(count, training.count)));
    output.result(describe(folder, { judgement, real, judge }), {
      run: folder,
      family: record.model.family,
      conditional: drawn.labels !== undefined,
      judge: { accuracy: judge.accuracy },
      drawn: judgement,
      real,
    });
    await judge.dispose();
    await model.dispose();
  });
}

/**
 * What is known before anything is drawn or trained.
 *
 * @throws UserError when the model draws nothing, or nothing that can be compared with the data.
 */
function checkJudgeable({ isGenerative, family, shape }: Autoencoder, training: Dataset, test: Dataset): void {
  const refuse = (problem: string): never => {
    throw new UserError(problem, { exitCode: 2 });
  };
  if (!isGenerative) {
    refuse(`the model "${family.name}" draws no new samples, so there are none to judge; see sandglass models`);
  }
  if (shape.join() !== training.shape.join()) {
    refuse(
      `the model draws samples of ${shape.join("×")}, and those of ${training.name} are ${training.shape.join("×")}; ` +
        "judge it by data like those that it was trained on",
    );
  }
  if (imageLayout(shape) === undefined) {
    refuse(`the judge looks at images [height, width, channels]; the model draws samples of [${shape.join(", ")}]`);
  }
  if (training.labels === undefined || test.labels === undefined) {
    refuse(`the judge learns the classes of real images, and "${training.name}" has no labels; take a set with labels`);
  }
}

interface Wanted {
  readonly count: number;
  readonly seed: number;
  readonly signal: AbortSignal;
}

async function draw(model: Autoencoder, { count, seed, signal }: Wanted): Promise<Dataset> {
  const numClasses = model.description.brief.numClasses;
  const labels =
    model.network.isConditional === true
      ? Uint8Array.from({ length: count }, (_, index) => index % numClasses)
      : undefined;
  const values = await model.sample(count, { seed, signal, ...(labels && { labels }) });
  return dataset("drawn", model.shape, values, { labels });
}

function describe(
  folder: string,
  { judgement, real, judge }: { readonly judgement: Judgement; readonly real: Judgement; readonly judge: Judge },
): string {
  return formatPairs([
    ["run", folder],
    [
      "accuracy",
      `${formatShare(judgement.accuracy)} on real images, of a classifier trained on ${formatCount(judgement.count)} drawn ones`,
    ],
    ["", `(${formatShare(real.accuracy)} of one trained on as many real ones, ${formatShare(judge.accuracy)} on all)`],
    ["Fréchet", `${formatFigure(judgement.frechetDistance)} from drawn to real images, in the judge's features`],
    ["", `(${formatFigure(real.frechetDistance)} from other real ones)`],
  ]);
}
