/**
 * Batch normalization (Ioffe and Szegedy 2015, arXiv:1502.03167, algorithm 1). In training, mean and variance are those of the
 * whole batch, so the program is cut in two where each is added up; a batch that is not full counts its samples only.
 */
import type { Node } from "../../graph/node.ts";
import { sizeOf } from "../../graph/tensor-type.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import { add, div, mul, sqrt, square, sub } from "../../ops/elementwise.ts";
import { sum, sumSamples } from "../../ops/reduce.ts";
import { stopGradient } from "../../ops/stop-gradient.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { Initializer } from "../initializers/initializer.ts";
import { getInitializer, initializerToKeras } from "../initializers/registry.ts";
import type { InitializerLike } from "../initializers/registry.ts";
import type { KerasConfig } from "../keras-object.ts";
import type { VariableSpec } from "../variable.ts";
import { NormalizationLayer, normalizationOptions } from "./gamma-and-beta.ts";
import type { NormalizationOptions } from "./gamma-and-beta.ts";
import { alongAxes, otherAxes, readAxes, sampleAxis } from "./keras-axis.ts";
import type { Layer, LowerContext } from "./layer.ts";

export interface BatchNormalizationOptions extends NormalizationOptions {
  /** The axis of the features, each of which has statistics of its own, with the batch as axis 0; the last unless given. */
  readonly axis?: number;
  /** How much of a moving average each step keeps; 0.99 unless given. */
  readonly momentum?: number;
  /** `zeros` unless given. */
  readonly movingMeanInitializer?: InitializerLike | undefined;
  /** `ones` unless given. */
  readonly movingVarianceInitializer?: InitializerLike | undefined;
  /** Kept for model files: on one machine a batch has the same statistics either way. False unless given. */
  readonly synchronized?: boolean;
}

class BatchNormalization extends NormalizationLayer {
  readonly axis: number;
  readonly momentum: number;
  readonly synchronized: boolean;
  readonly #movingMeanInitializer: Initializer;
  readonly #movingVarianceInitializer: Initializer;

  constructor(options: BatchNormalizationOptions) {
    super("BatchNormalization", options);
    this.axis = options.axis ?? -1;
    this.momentum = options.momentum ?? 0.99;
    if (!(this.momentum >= 0 && this.momentum <= 1)) {
      throw new RangeError(`momentum of BatchNormalization must be from 0 to 1; ${this.momentum} came`);
    }
    this.synchronized = options.synchronized ?? false;
    this.#movingMeanInitializer = getInitializer(options.movingMeanInitializer ?? "zeros");
    this.#movingVarianceInitializer = getInitializer(options.movingVarianceInitializer ?? "ones");
  }

  // A frozen layer uses the moving averages in training, too, and leaves them as they are.
  protected lower(context: LowerContext, [x]: readonly [Node]): readonly Node[] {
    return [context.training && this.trainable ? this.#byBatch(context, x) : this.#byMovingAverages(x)];
  }

  /**
   * (x − mean) · gamma / √(variance + ε) + beta, with the statistics of the batch.
   *
   * Gradients pass through the mean once only: the variance Σ (x − mean)² / n has the slope Σ −2 (x − mean) / n = 0 in it, and
   * that of the result is the factor −gamma / √(variance + ε), the same for all samples. Written so, it needs no sum over the
   * batch beside those of the gradients of gamma and beta. Gradients of these gradients would miss the mean's part.
   */
  #byBatch({ sampleShare, update }: LowerContext, x: Node): Node {
    const { shape } = x.type;
    const axis = sampleAxis(this.axis, shape);
    const others = otherAxes(axis, shape);
    const share = div(sampleShare, sizeOf(others.map((other) => shape[other] as number)));
    const average = (values: Node): Node => sumSamples(mul(sum(values, others), share));

    const mean = average(x);
    const fixedMean = stopGradient(mean);
    const centred = sub(x, alongAxes(fixedMean, [axis], shape));
    const variance = average(square(centred));
    this.#move("moving_mean", mean, update);
    this.#move("moving_variance", variance, update);

    const factor = this.#factor(variance);
    // 0 with the slope of the mean.
    const shift = mul(sub(fixedMean, mean), stopGradient(factor));
    const offset = this.center ? add(this.weight("beta"), shift) : shift;
    return add(mul(centred, alongAxes(factor, [axis], shape)), alongAxes(offset, [axis], shape));
  }

  /** x · factor + offset, both of which follow from parameters alone. */
  #byMovingAverages(x: Node): Node {
    const { shape } = x.type;
    const axis = sampleAxis(this.axis, shape);
    const factor = this.#factor(this.weight("moving_variance"));
    const shift = mul(this.weight("moving_mean"), factor);
    const offset = this.center ? sub(this.weight("beta"), shift) : mul(shift, -1);
    return add(mul(x, alongAxes(factor, [axis], shape)), alongAxes(offset, [axis], shape));
  }

  /** gamma / √(variance + ε) */
  #factor(variance: Node): Node {
    return div(this.scale ? this.weight("gamma") : 1, sqrt(add(variance, this.epsilon)));
  }

  /** value · momentum + statistic · (1 − momentum) */
  #move(name: string, statistic: Node, update: LowerContext["update"]): void {
    const { momentum } = this;
    update(this.variable(name), (value) => add(mul(value, momentum), mul(statistic, 1 - momentum)));
  }

  protected override variableSpecs(inputShape: Shape): readonly VariableSpec[] {
    const shape = [inputShape[sampleAxis(this.axis, inputShape)] as number];
    return [
      ...this.gammaAndBeta(shape),
      { name: "moving_mean", shape, initializer: this.#movingMeanInitializer, trainable: false },
      { name: "moving_variance", shape, initializer: this.#movingVarianceInitializer, trainable: false },
    ];
  }

  protected override settings(): KerasConfig {
    return {
      axis: this.axis,
      momentum: this.momentum,
      ...super.settings(),
      moving_mean_initializer: initializerToKeras(this.#movingMeanInitializer),
      moving_variance_initializer: initializerToKeras(this.#movingVarianceInitializer),
      synchronized: this.synchronized,
    };
  }
}

/**
 * Gives each feature the mean 0 and the variance 1 over the batch, then the learned ones: in training by the statistics of the
 * batch, of which it keeps moving averages, and otherwise by those. The shape stays. Frozen (`trainable = false`), it uses the
 * moving averages in training, too.
 *
 * @throws RangeError when an option is out of range.
 *
 * @example
 * activation("relu")(batchNormalization()(conv2d(16, 3, { useBias: false })(image)))
 */
export function batchNormalization(options: BatchNormalizationOptions = {}): Layer {
  return new BatchNormalization(options);
}

export function batchNormalizationFromConfig(config: ConfigReader): Layer {
  config.requireOnly({ renorm: false });
  // Keras 2 wrote the axis as a list of one.
  const [axis = -1] = [readAxes(config, "axis", -1)].flat();
  return batchNormalization({
    ...normalizationOptions(config),
    axis,
    momentum: config.optionalNumber("momentum") ?? 0.99,
    movingMeanInitializer: config.initializer("moving_mean_initializer"),
    movingVarianceInitializer: config.initializer("moving_variance_initializer"),
    synchronized: config.boolean("synchronized", false),
  });
}
