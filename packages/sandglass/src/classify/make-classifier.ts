import { classify, GraphError, type Device, type OptionValue } from "@sandglass/core";
import { asWrongUsage } from "../errors.ts";
import type { ChosenBase } from "./choose-base.ts";

export interface WantedClassifier {
  /** What has learned before; the convolutional network of the course unless given. */
  readonly base: ChosenBase | undefined;
  /** Those of the network. */
  readonly options: Readonly<Record<string, OptionValue | undefined>>;
  readonly classNames: readonly string[];
  readonly positive: number | undefined;
  readonly seed: number;
  readonly device: Device;
}

/** What is out of range, or does not go together, was asked for by the user. */
export const WRONG_USAGE = [RangeError, GraphError];

/** @throws UserError when an option is out of range, or samples of the shape do not fit the base. */
export async function makeClassifier(
  shape: readonly number[],
  { base, options, ...settings }: WantedClassifier,
): Promise<classify.Classifier> {
  if (base === undefined) return asWrongUsage(() => classify.cnn(shape, settings, options), WRONG_USAGE);
  const network = await base.open(shape);
  const { inputValues } = base;
  return asWrongUsage(() => classify.transfer(network, settings, { ...options, shape, inputValues }), WRONG_USAGE);
}
