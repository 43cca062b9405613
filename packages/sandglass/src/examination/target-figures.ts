/** How near a model comes to the targets of samples, beside how near the samples were before. */
import { targetsOf, type Dataset } from "@sandglass/core";
import { imageLayout } from "../images/index.ts";
import type { TargetFigures } from "../runs/run-record.ts";
import { meanOf, squaredErrors } from "./squared-errors.ts";

/**
 * Figures of samples that have targets; undefined for others.
 *
 * @param errors the mean squared error between each output and its target.
 */
export function targetFigures(data: Dataset, errors: Float64Array): TargetFigures | undefined {
  if (data.targets === undefined) return undefined;
  const { values, scale } = data;
  const inputErrors = squaredErrors(targetsOf(data), values, scale);
  const [psnr, inputPsnr] = imageLayout(data.shape) === undefined ? [] : [meanPsnr(errors), meanPsnr(inputErrors)];
  return {
    inputMse: meanOf(inputErrors),
    ...(psnr !== undefined && { psnr }),
    ...(inputPsnr !== undefined && { inputPsnr }),
  };
}

/**
 * 10 · log₁₀(1 / mean squared error) of images from 0 to 1, in dB, as their mean. Images without any error, whose ratio has no bound, are left out;
 * undefined where there are no others.
 */
export function meanPsnr(errors: Float64Array): number | undefined {
  const ratios = errors.filter((error) => error > 0).map((error) => -10 * Math.log10(error));
  return ratios.length === 0 ? undefined : meanOf(ratios);
}
