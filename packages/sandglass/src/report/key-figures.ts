/** The handful of numbers that say how a training went. */
import { counted } from "@sandglass/core";
import { examinedPart, isSolved, type RunRecord } from "../runs/run-record.ts";
import type { Html } from "./html.ts";
import {
  formatCount,
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
            title: reconstruction.inputs === "clean" ? "Error on clean samples" : "Mean squared error",
            detail: `on ${formatSamples(reconstruction.samples, examinedPart(data))}`,
          },
          {
            ...varianceKept(reconstruction.explainedVariance),
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

function varianceKept(share: number): Pick<Tile, "value" | "detail"> {
  if (share < 0) return { value: "none", detail: "worse than always giving back the mean sample" };
  return { value: formatShare(share), detail: "0 % would be the mean sample, 100 % a perfect copy" };
}

/** Number of values of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, dim) => product * dim, 1);
}
