/** `report.html` of a classifier: what it is worth on images that it never saw, and what to make of that. */
import { counted, type Exhibit, type Warning } from "@sandglass/core";
import {
  html,
  renderExhibits,
  renderModel,
  renderPage,
  renderRepetition,
  renderTiles,
  renderTraining,
  renderWarnings,
  type Html,
  type Tile,
} from "../report/index.ts";
import type { EpochFigures } from "../runs/history-csv.ts";
import { formatCount, formatDims, formatDuration, formatSamples, formatShare } from "../text/number-format.ts";
import { classifierWarnings } from "./classifier-warnings.ts";
import { twoClasses, type ClassifierRecord } from "./classifier-record.ts";
import { ownNetwork } from "./own-network.ts";

export interface ClassifierReport {
  readonly record: ClassifierRecord;
  readonly history: readonly EpochFigures[];
  /** The network's layers as text. */
  readonly summary: string;
  readonly exhibits: readonly Exhibit[];
}

/** The whole page. */
export async function renderClassifierReport({
  record,
  history,
  summary,
  exhibits,
}: ClassifierReport): Promise<string> {
  const warnings: readonly Warning[] = classifierWarnings(record);
  const main = html`${renderWarnings(warnings)} ${renderTiles(tilesOf(record))} ${renderDecision(record)}
  ${await renderExhibits(exhibits, "pictures")} ${renderComparison(record)} ${await renderTraining(record, history)}
  ${renderModel(summary)} ${renderRepetition(record, choicesOf(record))}`;
  return renderPage({ title: `Classifier of ${record.data.name}`, lead: describe(record), main });
}

function describe({ data, model, result }: ClassifierRecord): string {
  const classes = data.classNames ?? [];
  const which = classes.length <= 4 ? classes.join(", ") : `${classes.length} classes`;
  const how =
    model.base === undefined ? `A ${ownNetwork(data.shape)}` : `A new head on a base, ${describeBase(model)},`;
  return (
    `${how} that tells ${which} apart, trained on ${formatSamples(data.training)} of ${formatDims(data.shape)} ` +
    `for ${counted(result.epochs, "epoch")}.`
  );
}

/** `encoder of conv (runs/clothes)`; files are called as they are. */
function describeBase({ family, base = "" }: ClassifierRecord["model"]): string {
  return base.endsWith(family) ? base : `${family} (${base})`;
}

function tilesOf({ result, model, data }: ClassifierRecord): Tile[] {
  const { examination: found } = result;
  const interval = ({ low, high }: { readonly low: number; readonly high: number }): string =>
    `95 % interval ${(100 * low).toFixed(1)} to ${(100 * high).toFixed(1)} %`;
  const share = (title: string, of: { value: number; low: number; high: number } | undefined): Tile[] =>
    of === undefined ? [] : [{ title, value: formatShare(of.value), detail: interval(of) }];
  const figures =
    found === undefined
      ? []
      : [
          {
            title: "Accuracy",
            value: formatShare(found.accuracy.value),
            detail: `on ${formatSamples(found.samples, found.part)}; ${interval(found.accuracy)}`,
          },
          ...share("Sensitivity", found.binary?.sensitivity),
          ...share("Specificity", found.binary?.specificity),
          ...(found.areaUnderRoc === undefined
            ? []
            : [{ title: "Area under ROC", value: found.areaUnderRoc.value.toFixed(3), detail: "0.5 would be chance" }]),
          ...(found.binary === undefined
            ? [
                {
                  title: "Balanced accuracy",
                  value: formatShare(found.balancedAccuracy),
                  detail: "every class counts alike",
                },
              ]
            : []),
        ];
  return [
    ...figures,
    { title: "Parameters", value: formatCount(model.parameters), detail: model.family },
    {
      title: "Training time",
      value: formatDuration(result.seconds),
      detail: `${counted(result.epochs, "epoch")} on ${formatSamples(data.training)}`,
    },
  ];
}

/** By which rule a sample is taken for a class. */
function renderDecision(record: ClassifierRecord): Html {
  const { training, result } = record;
  const { positive = "", negative = "" } = twoClasses(record) ?? {};
  const { threshold, examination } = result;
  const fixed = training.threshold?.kind === "fixed" ? training.threshold.threshold : 0.5;
  const which =
    examination?.part === "test"
      ? "Test samples were looked at once, at the end: nothing was chosen by them. Before, they were at most compared with the others, to find the same image in several parts."
      : "These samples also decided when training ended, the temperature and the threshold, which flatters the figures: a set with a test part, or classify evaluate on other data, says what they are worth.";
  const rule =
    positive === ""
      ? "A sample is taken for its likeliest class."
      : threshold === undefined
        ? `${positive} is the positive class: a sample is taken for it from a probability of ${formatShare(fixed)} on, else for ${negative}.`
        : `${positive} is the positive class: a sample is taken for it from a probability of ${formatShare(threshold.threshold)} on, else for ${negative}. ` +
          `That threshold was chosen on validation samples by the rule: ${threshold.rule}. There it has a sensitivity of ` +
          `${formatShare(threshold.sensitivity)} and a specificity of ${formatShare(threshold.specificity)}.`;
  return html`<section>
    <h2>How it decides</h2>
    <p>${rule}</p>
    <p>${examination === undefined ? "It was examined on no samples." : which}</p>
  </section>`;
}

/** The base against the same network from scratch. */
function renderComparison({ result }: ClassifierRecord): Html | undefined {
  const { comparison } = result;
  if (comparison === undefined) return undefined;
  const { labelsPerClass, accuracy, scratchAccuracy, gain } = comparison;
  const points = (share: number): string => `${share > 0 ? "+" : ""}${(100 * share).toFixed(1).replace("-", "−")}`;
  const verdict =
    gain.low > 0
      ? "What the base had learned before is a clear gain here."
      : gain.high < 0
        ? "What the base had learned is no help here: the same network does better from scratch."
        : "That is no clear gain: the interval holds 0.";
  return html`<section>
    <h2>With few labels</h2>
    <p>
      With ${counted(labelsPerClass, "label")} of each class, the network on its base gets ${formatShare(accuracy)}
      right, and the same network from scratch, on the same samples, ${formatShare(scratchAccuracy)}:
      ${points(gain.value)} points, 95 % interval ${points(gain.low)} to ${points(gain.high)}. ${verdict}
    </p>
  </section>`;
}

function choicesOf({ training, model }: ClassifierRecord): readonly (readonly [string, string])[] {
  const {
    classWeight,
    balancedSampling = false,
    labelSmoothing,
    fineTuning,
    labelsPerClass,
    cachedFeatures,
    validatedPerEpoch,
  } = training;
  return [
    ...(model.base === undefined ? [] : [["Base", describeBase(model)] as const]),
    ...(model.base === undefined
      ? []
      : [
          [
            "Its features",
            cachedFeatures === true ? "computed once, before the head learned" : "computed in each epoch",
          ] as const,
        ]),
    ...(labelsPerClass === undefined ? [] : [["Labels", `${labelsPerClass} of each class`] as const]),
    ...(validatedPerEpoch === undefined
      ? []
      : [["Validation of each epoch", `${formatSamples(validatedPerEpoch)}, drawn at random`] as const]),
    ...(classWeight === undefined ? [] : [["Class weights", classWeight] as const]),
    ...(balancedSampling ? [["Sampling", "every class as often as the others"] as const] : []),
    ...(labelSmoothing === undefined ? [] : [["Label smoothing", String(labelSmoothing)] as const]),
    ...(fineTuning === undefined ? [] : [["Fine-tuning", describeTuning(fineTuning)] as const]),
  ];
}

/** `the last 30.0 % of the layers, for 10 epochs at 0.0001` */
function describeTuning({
  from,
  epochs,
  learningRate,
}: NonNullable<ClassifierRecord["training"]["fineTuning"]>): string {
  const layers = typeof from === "number" ? `the last ${formatShare(from)} of the layers` : `from ${from} on`;
  return `${layers}, for ${counted(epochs, "epoch")} at ${learningRate}`;
}
