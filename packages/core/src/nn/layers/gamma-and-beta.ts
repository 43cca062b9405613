/** What normalizing layers do after they have normalized: x · gamma + beta, both learned. */
import type { Node } from "../../graph/node.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import { add, mul } from "../../ops/elementwise.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import type { VariableSpec } from "../variable.ts";
import { Layer } from "./layer.ts";
import type { LayerOptions } from "./layer.ts";
import { weightOptions, WeightSettings } from "./weight-settings.ts";
import type { WeightOptions } from "./weight-settings.ts";

/** Gamma begins as `ones` and beta as `zeros` unless given. */
export interface NormalizationOptions extends LayerOptions, WeightOptions<"beta">, WeightOptions<"gamma"> {
  /** Added to variances, so that nothing is divided by 0; 0.001 unless given. */
  readonly epsilon?: number;
  /** Whether to add beta; true unless given. */
  readonly center?: boolean;
  /** Whether to multiply by gamma; true unless given. */
  readonly scale?: boolean;
}

export abstract class NormalizationLayer extends Layer {
  readonly epsilon: number;
  readonly center: boolean;
  readonly scale: boolean;
  readonly #beta: WeightSettings;
  readonly #gamma: WeightSettings;

  constructor(className: string, options: NormalizationOptions) {
    super(className, options);
    this.epsilon = options.epsilon ?? 1e-3;
    if (!(Number.isFinite(this.epsilon) && this.epsilon >= 0)) {
      throw new RangeError(`epsilon of ${className} must be a number from 0 on; ${this.epsilon} came`);
    }
    this.center = options.center ?? true;
    this.scale = options.scale ?? true;
    this.#beta = WeightSettings.of("beta", options, "zeros");
    this.#gamma = WeightSettings.of("gamma", options, "ones");
  }

  protected get hasGamma(): boolean {
    return this.scale;
  }

  protected get hasBeta(): boolean {
    return this.center;
  }

  /** Those of gamma and beta that there are. */
  protected gammaAndBeta(shape: Shape): readonly VariableSpec[] {
    return [
      ...(this.hasGamma ? [this.#gamma.variable("gamma", shape)] : []),
      ...(this.hasBeta ? [this.#beta.variable("beta", shape)] : []),
    ];
  }

  /** x · gamma + beta, each after `arrange` has made it broadcast to x. */
  protected scaleAndCenter(x: Node, arrange: (weight: Node) => Node): Node {
    const scaled = this.hasGamma ? mul(x, arrange(this.weight("gamma"))) : x;
    return this.hasBeta ? add(scaled, arrange(this.weight("beta"))) : scaled;
  }

  protected settings(): KerasConfig {
    return {
      epsilon: this.epsilon,
      center: this.center,
      scale: this.scale,
      ...this.#beta.toKeras("beta"),
      ...this.#gamma.toKeras("gamma"),
    };
  }
}

/** The options that Keras wrote into a model file. */
export function normalizationOptions(config: ConfigReader): NormalizationOptions {
  return {
    ...config.layerOptions(),
    ...weightOptions(config, "beta"),
    ...weightOptions(config, "gamma"),
    epsilon: config.optionalNumber("epsilon") ?? 1e-3,
    center: config.boolean("center", true),
    scale: config.boolean("scale", true),
  };
}
