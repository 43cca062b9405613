/** The handful of numbers that say how a training went. */
import { counted } from "@sandglass/core";
import {
  examinedPart,
  isSolved,
  type ReconstructionFigures,
  type RunRecord,
  type TargetFigures,
} from "../runs/run-record.ts";
import type { Html } from "./html.ts";
import {
  formatCount,
  formatDecibels,
  formatDims,
  formatDuration,
  formatFigure,
  formatSamples,
  formatShare,
} from "../text/number-format.ts";
import { renderTiles, type Tile } from "./tiles.ts";

export function renderKeyFigures(record: RunRecord): Html {
  return renderTiles(keyFigures(record));
}

function keyFigures({ data, model, result, training }: RunRecord): Tile[] {
  const size = sizeOf(data.shape);
  const codeSize = sizeOf(model.code);
  const { reconstruction } = result;
  return [
    ...(reconstruction === undefined
      ? []
      : [
          {
            value: formatFigure(reconstruction.mse),
            title: titleOfError(reconstruction),
            detail: `on ${formatSamples(reconstruction.samples, examinedPart(data))}`,
          },
          ...(reconstruction.targets === undefined ? [] : targetTiles(reconstruction.targets)),
          {
            ...varianceKept(
              reconstruction.explainedVariance,
              reconstruction.targets === undefined ? "sample" : "target",
            ),
            title: "Variance kept",
          },
          ...(codeSize < size
            ? [
                {
                  value: `${Number((size / codeSize).toPrecision(3))} : 1`,
                  title: "Numbers saved",
                  detail: `${formatDims(data.shape)} values in a code of ${formatDims(model.code)}`,
                },
              ]
            : []),
          ...(model.codeBits === undefined
            ? []
            : [
                {
                  value: formatCount(model.codeBits),
                  title: "Bits of a sample",
                  detail: `the values as bytes would take ${formatCount(8 * size)}`,
                },
              ]),
        ]),
    { value: formatCount(model.parameters), title: "Parameters", detail: `model “${model.family}”` },
    {
      value: formatDuration(result.seconds),
      title: "Training time",
      detail: isSolved(result)
        ? "solved at once"
        : `${result.epochs} of ${counted(training.epochs, "epoch")}, ${formatCount(result.samplesPerSecond)} samples a second`,
    },
  ];
}

function titleOfError({ targets, inputs }: ReconstructionFigures): string {
  if (targets !== undefined) return "Error against targets";
  return inputs === "clean" ? "Error on clean samples" : "Mean squared error";
}

/** What the samples themselves would come to. */
function targetTiles({ inputMse, psnr, inputPsnr }: TargetFigures): Tile[] {
  return [
    {
      value: formatFigure(inputMse),
      title: "Error of the inputs",
      detail: "against the same targets: what giving them back would cost",
    },
    ...(psnr === undefined
      ? []
      : [
          {
            value: formatDecibels(psnr),
            title: "Peak signal-to-noise ratio",
            detail:
              inputPsnr === undefined ? "of the outputs" : `of the outputs; of the inputs ${formatDecibels(inputPsnr)}`,
          },
        ]),
  ];
}

function varianceKept(share: number, what: "sample" | "target"): Pick<Tile, "value" | "detail"> {
  if (share < 0) return { value: "none", detail: `worse than always giving back the mean ${what}` };
  return { value: formatShare(share), detail: `0 % would be the mean ${what}, 100 % a perfect copy` };
}

/** Number of values of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, dim) => product * dim, 1);
}
