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
import type { ClassifierRecord } from "./classifier-record.ts";

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
  const how = model.family === "cnn" ? "A convolutional network" : `A new head on ${model.family}`;
  return (
    `${how} that tells ${which} apart, trained on ${formatSamples(data.training)} of ${formatDims(data.shape)} ` +
    `for ${counted(result.epochs, "epoch")}.`
  );
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
function renderDecision({ data, result }: ClassifierRecord): Html {
  const [negative = "", positive = ""] = data.classNames ?? [];
  const { threshold, examination } = result;
  const which =
    examination?.part === "test"
      ? "Test samples were looked at once, at the end: nothing was chosen by them."
      : "These samples also decided when training ended, the temperature and the threshold, which flatters the figures: a set with a test part, or classify evaluate on other data, says what they are worth.";
  const rule =
    (data.classNames?.length ?? 0) > 2
      ? "A sample is taken for its likeliest class."
      : threshold === undefined
        ? `A sample is taken for ${positive} from a probability of 50 % on, else for ${negative}.`
        : `A sample is taken for ${positive} from a probability of ${formatShare(threshold.threshold)} on, else for ${negative}. ` +
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
      ? "What the base had learned without labels is a clear gain here."
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

function choicesOf({ training }: ClassifierRecord): readonly (readonly [string, string])[] {
  const { classWeight, balancedSampling = false, labelSmoothing, fineTune } = training;
  return [
    ...(classWeight === undefined ? [] : [["Class weights", classWeight] as const]),
    ...(balancedSampling ? [["Sampling", "every class as often as the others"] as const] : []),
    ...(labelSmoothing === undefined ? [] : [["Label smoothing", String(labelSmoothing)] as const]),
    ...(fineTune === undefined
      ? []
      : [
          [
            "Fine-tuning",
            typeof fineTune === "number" ? `the last ${formatShare(fineTune)} of the layers` : `from ${fineTune} on`,
          ] as const,
        ]),
  ];
}
