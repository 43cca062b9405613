/**
 * What the epochs of a training of few labels are measured on. Such a training has hundreds of epochs of a few steps each, so that thousands of
 * validation samples in every one would take far longer than all that is learned; the figures after the training are of all of them.
 */
import { isStreamed, randomPart, select, selectStreamed, type AnyDataset } from "@sandglass/core";
import type { ClassifierRecord } from "./classifier-record.ts";

type Training = ClassifierRecord["training"];

const MOST_PER_EPOCH = 1000;

/** How many validation samples each epoch is measured on; undefined for all. Where patience decides by them, all are needed. */
export function validatedPerEpoch(
  validation: Pick<AnyDataset, "count"> | undefined,
  {
    labelsPerClass,
    patience,
  }: { readonly labelsPerClass?: number | undefined; readonly patience?: number | undefined },
): number | undefined {
  if (validation === undefined || labelsPerClass === undefined || patience !== undefined) return undefined;
  return validation.count > MOST_PER_EPOCH ? MOST_PER_EPOCH : undefined;
}

/** The validation samples that each epoch is measured on, as a training was decided: the same in all, drawn by its seed. */
export function epochValidation(
  validation: AnyDataset | undefined,
  { validatedPerEpoch: count, seed }: Pick<Training, "validatedPerEpoch" | "seed">,
): AnyDataset | undefined {
  if (validation === undefined || count === undefined) return validation;
  const numbers = randomPart(validation.count, count, seed);
  return isStreamed(validation) ? selectStreamed(validation, numbers) : select(validation, numbers);
}
