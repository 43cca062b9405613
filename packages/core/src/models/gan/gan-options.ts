/** The options of GANs, and what the data decide of them. */
import { sizeOf } from "../../graph/tensor-type.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import type { Brief } from "../model-family.ts";
import { architectureOption, codeOptions, convOptions, lossOptions } from "../options/common-options.ts";
import type { Preset } from "../options/common-options.ts";
import { choice, flag, number, sizes, whole } from "../options/option.ts";
import type { OptionValues } from "../options/option.ts";
import { ADVERSARIAL_LOSSES } from "../parts/adversarial-losses.ts";
import { checkClasses } from "../parts/check-classes.ts";
import { isImage } from "../parts/sizes.ts";
import { isUnitInterval } from "../values.ts";

export const ganOptions = {
  ...codeOptions,
  ...architectureOption,
  layers: whole({
    default: undefined,
    max: 50,
    help: "hidden layers of each of the two networks (default: by the sizes)",
  }),
  units: sizes(
    "units of the discriminator's hidden layers, where it is fully connected; the generator has them in reverse",
  ),
  filters: sizes(
    "filters of the discriminator's convolutions; each halves the sides, and the generator has them in reverse",
  ),
  kernel: whole({ ...convOptions.kernel, default: 4 }),
  normalization: choice(["batch", "none"], {
    default: "batch",
    help: "of the generator's hidden layers; batch normalization lets it keep up with the discriminator",
  }),
  outputActivation: lossOptions.outputActivation,
  conditional: flag("tell both networks the class, so that samples of each class can be drawn; the data need labels"),
  adversarialLoss: choice(ADVERSARIAL_LOSSES, {
    default: "non-saturating",
    help: "what the two networks play for; wasserstein with a gradient penalty is the steadiest and the slowest",
  }),
  discriminatorSteps: whole({
    default: undefined,
    max: 100,
    help: "steps of the discriminator to one of the generator (default: 5 with wasserstein, else 1)",
  }),
  labelSmoothing: number({
    default: undefined,
    min: 0,
    max: 0.5,
    help: "how much less than 1 the discriminator's target for real samples is (default: 0 with wasserstein, else 0.1)",
  }),
  gradientPenalty: number({
    default: undefined,
    min: 0,
    max: 1000,
    help: "weight of the penalty that keeps the discriminator's slope near 1 (default: 10 with wasserstein, else 0)",
  }),
  generatorRate: number({
    default: 2,
    min: 0.01,
    max: 100,
    help: "learning rate of the generator, as a multiple of the discriminator's",
  }),
  averageMomentum: number({
    default: 0.999,
    min: 0,
    max: 0.99999,
    help: "momentum of the moving average of the generator's weights, which are kept at the end; 0 keeps the last ones",
  }),
};

/** The side of the images that the generator begins with. */
const SMALLEST_SIDE = 7;
const MOST_HALVINGS = 5;
/** More values than that in a sample are worth wide layers. */
const SMALL = 64;
const LEAST_NOISE = 8;
const MOST_NOISE = 128;

const FIRST_FILTERS: Readonly<Record<Preset, number>> = { fast: 16, balanced: 32, best: 64 };
const FIRST_UNITS: Readonly<Record<Preset, number>> = { fast: 256, balanced: 512, best: 1024 };
const FIRST_UNITS_OF_SMALL: Readonly<Record<Preset, number>> = { fast: 32, balanced: 64, best: 128 };

type GanChoices = OptionValues<typeof ganOptions>;

/** The options with everything decided; of `units` and `filters`, those of the architecture. */
export interface DecidedGan extends GanChoices {
  readonly architecture: "dense" | "conv";
  readonly layers: number;
  readonly code: number;
  readonly outputActivation: "linear" | "sigmoid" | "tanh";
  readonly discriminatorSteps: number;
  readonly labelSmoothing: number;
  readonly gradientPenalty: number;
}

/** @throws RangeError when options do not go together, or classes are wanted of data without labels. */
export function decideGan(brief: Brief, options: GanChoices): DecidedGan {
  const { shape, values } = brief;
  const { preset, adversarialLoss, conditional, labelSmoothing, filters, units } = options;
  if (conditional) checkClasses("gan", brief);
  const isWasserstein = adversarialLoss === "wasserstein";
  if (isWasserstein && labelSmoothing !== undefined && labelSmoothing > 0) {
    throw new RangeError(
      `labelSmoothing of the model "gan" is of losses with labels; ${labelSmoothing} came with the loss "wasserstein", ` +
        "which has none. Leave it out",
    );
  }
  const { architecture = filters !== undefined || (units === undefined && isImage(shape)) ? "conv" : "dense" } =
    options;
  const isDense = architecture === "dense";
  const [other, name] = isDense ? ([filters, "filters"] as const) : ([units, "units"] as const);
  if (other !== undefined) {
    throw new RangeError(
      `the model "gan" with the architecture "${architecture}" has no ${name}; ${name} ${other.join(", ")} came. ` +
        `Give ${isDense ? "units" : "filters"}, or the other architecture`,
    );
  }
  const widths = decideWidths(isDense ? units : filters, options.layers, () =>
    isDense ? defaultUnits(shape, preset) : defaultFilters(shape, preset),
  );
  return {
    ...options,
    architecture,
    units: isDense ? widths : undefined,
    filters: isDense ? undefined : widths,
    layers: widths.length,
    code: options.code ?? noiseSize(shape),
    outputActivation: options.outputActivation ?? (isUnitInterval(values) ? "sigmoid" : "linear"),
    discriminatorSteps: options.discriminatorSteps ?? (isWasserstein ? 5 : 1),
    labelSmoothing: labelSmoothing ?? (isWasserstein ? 0 : 0.1),
    gradientPenalty: options.gradientPenalty ?? (isWasserstein ? 10 : 0),
  };
}

/** What is given, or so many layers of the defaults: the last width again where there are more. */
function decideWidths(
  given: readonly number[] | undefined,
  layers: number | undefined,
  defaults: () => readonly number[],
): readonly number[] {
  if (given !== undefined) {
    if (layers === undefined || layers === given.length) return given;
    throw new RangeError(
      `the model "gan" has one hidden layer for each of the widths ${given.join(", ")}; layers ${layers} came. ` +
        "Give one of the two options",
    );
  }
  const widths = defaults();
  return Array.from({ length: layers ?? widths.length }, (_, index) => widths[index] ?? (widths.at(-1) as number));
}

/** The power of two nearest to twice the root of the number of values, within bounds: 64 for 28×28. */
function noiseSize(shape: Shape): number {
  const size = 2 ** Math.round(Math.log2(2 * Math.sqrt(sizeOf(shape))));
  return Math.min(MOST_NOISE, Math.max(LEAST_NOISE, size));
}

function defaultUnits(shape: Shape, preset: Preset): number[] {
  if (sizeOf(shape) <= SMALL) return [FIRST_UNITS_OF_SMALL[preset], FIRST_UNITS_OF_SMALL[preset]];
  return [FIRST_UNITS[preset], FIRST_UNITS[preset] / 2];
}

/** 32, 64 for 28×28. */
function defaultFilters(shape: Shape, preset: Preset): number[] {
  const [height = 1, width = 1] = shape;
  const halvings = Math.round(Math.log2(Math.min(height, width) / SMALLEST_SIDE));
  return Array.from(
    { length: Math.min(MOST_HALVINGS, Math.max(1, halvings)) },
    (_, index) => FIRST_FILTERS[preset] * 2 ** index,
  );
}
