/** What every optimizer can do besides its own rule, as options and as Keras writes them into files. */
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import type { LearningRateSchedule } from "../schedules/learning-rate-schedule.ts";
import { schedules } from "../schedules/registry.ts";
import { checkCount, checkFromZero } from "./option-checks.ts";

export interface OptimizerOptions {
  /** A number, or a schedule that gives one for each step. */
  readonly learningRate?: number | LearningRateSchedule | undefined;
  /** The share of each weight, times the learning rate, that every step takes away; none unless given. */
  readonly weightDecay?: number | undefined;
  /** Weights whose path (`sequential/dense/bias`) contains one of these texts do not decay. Model files do not hold this. */
  readonly excludeFromWeightDecay?: readonly string[] | undefined;
  /** Shortens the gradient of each weight to this length; 0 or nothing: as it is. */
  readonly clipnorm?: number | undefined;
  /** Shortens all gradients together to this length; 0 or nothing: as they are. */
  readonly globalClipnorm?: number | undefined;
  /** Keeps each number of a gradient within ± this; 0 or nothing: as it is. */
  readonly clipvalue?: number | undefined;
  /** Whether to average the weights over the steps; at the end of `fit` the averages become the weights. False unless given. */
  readonly useEma?: boolean | undefined;
  /** What the average keeps of itself at each step, 0.99 unless given. */
  readonly emaMomentum?: number | undefined;
  /** After how many steps the averages become the weights during training, too; never unless given. */
  readonly emaOverwriteFrequency?: number | undefined;
  /** Changes weights only every so many steps, from the mean of their gradients; at every step unless given. */
  readonly gradientAccumulationSteps?: number | undefined;
  /** Keras's automatic name (`adam`) unless given. */
  readonly name?: string | undefined;
}

/** The options that have been checked; the learning rate and the name are the optimizer's own affair. */
export interface CommonSettings {
  readonly weightDecay: number | undefined;
  readonly excludeFromWeightDecay: readonly string[];
  readonly clipnorm: number | undefined;
  readonly globalClipnorm: number | undefined;
  readonly clipvalue: number | undefined;
  readonly useEma: boolean;
  readonly emaMomentum: number;
  readonly emaOverwriteFrequency: number | undefined;
  readonly gradientAccumulationSteps: number | undefined;
}

/** @throws RangeError when an option is out of range, or gradients are to be clipped in two ways. */
export function resolveOptions(className: string, options: OptimizerOptions): CommonSettings {
  const { useEma = false, emaMomentum = 0.99, excludeFromWeightDecay = [] } = options;
  const { clipnorm, globalClipnorm, clipvalue, emaOverwriteFrequency, gradientAccumulationSteps, weightDecay } =
    options;
  const fromZero = Object.entries({ clipnorm, globalClipnorm, clipvalue, weightDecay });
  for (const [option, value] of fromZero) if (value !== undefined) checkFromZero(className, option, value);
  const clippings = fromZero.slice(0, 3).filter(([, value]) => value !== undefined);
  if (clippings.length > 1) {
    const came = clippings.map(([option, value]) => `${option} ${value}`).join(" and ");
    throw new RangeError(
      `${className} clips gradients in one way: clipnorm, globalClipnorm or clipvalue; ${came} came`,
    );
  }
  if (!(emaMomentum >= 0 && emaMomentum <= 1)) {
    throw new RangeError(`emaMomentum of ${className} must be from 0 to 1; ${emaMomentum} came`);
  }
  if (emaOverwriteFrequency !== undefined) checkCount(className, "emaOverwriteFrequency", emaOverwriteFrequency, 1);
  if (gradientAccumulationSteps !== undefined) {
    checkCount(className, "gradientAccumulationSteps", gradientAccumulationSteps, 2);
  }
  return {
    weightDecay,
    excludeFromWeightDecay,
    clipnorm,
    globalClipnorm,
    clipvalue,
    useEma,
    emaMomentum,
    emaOverwriteFrequency,
    gradientAccumulationSteps,
  };
}

/** The settings in Keras's spelling. */
export function commonConfig(settings: CommonSettings): KerasConfig {
  return {
    weight_decay: settings.weightDecay ?? null,
    clipnorm: settings.clipnorm ?? null,
    global_clipnorm: settings.globalClipnorm ?? null,
    clipvalue: settings.clipvalue ?? null,
    use_ema: settings.useEma,
    ema_momentum: settings.emaMomentum,
    ema_overwrite_frequency: settings.emaOverwriteFrequency ?? null,
    loss_scale_factor: null,
    gradient_accumulation_steps: settings.gradientAccumulationSteps ?? null,
  };
}

/** The options of a Keras configuration. `loss_scale_factor` is left: it protects float16, and here all is float32. */
export function optimizerOptions(config: ConfigReader): OptimizerOptions {
  const name = config.string("name", "");
  return {
    learningRate: config.isObject("learning_rate")
      ? schedules.read(config, "learning_rate")
      : config.optionalNumber("learning_rate"),
    weightDecay: config.optionalNumber("weight_decay"),
    clipnorm: config.optionalNumber("clipnorm"),
    globalClipnorm: config.optionalNumber("global_clipnorm"),
    clipvalue: config.optionalNumber("clipvalue"),
    useEma: config.boolean("use_ema", false),
    emaMomentum: config.optionalNumber("ema_momentum"),
    emaOverwriteFrequency: config.optionalNumber("ema_overwrite_frequency"),
    gradientAccumulationSteps: config.optionalNumber("gradient_accumulation_steps"),
    name: name === "" ? undefined : name,
  };
}
