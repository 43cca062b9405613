import type { TargetFigures } from "../runs/run-record.ts";
import { formatDecibels, formatFigure } from "../text/number-format.ts";

/** What is said of samples that have targets, beside how near the model comes to these. */
export function targetLines(figures: TargetFigures | undefined): readonly (readonly [name: string, value: string])[] {
  if (figures === undefined) return [];
  const { inputMse, psnr, inputPsnr } = figures;
  const ofInputs = inputPsnr === undefined ? "" : `; of the inputs ${formatDecibels(inputPsnr)}`;
  return [
    ["mse of inputs", `${formatFigure(inputMse)} against the same targets`],
    ...(psnr === undefined ? [] : [["PSNR", `${formatDecibels(psnr)}${ofInputs}`] as const]),
  ];
}
