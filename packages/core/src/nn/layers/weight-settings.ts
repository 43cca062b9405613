/** What Keras's layers can be told of each of their weights: how it begins, what its size costs, and what it is brought back to. */
import type { Shape } from "../../graph/tensor-type.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { Constraint } from "../constraints/constraint.ts";
import { constraints } from "../constraints/registry.ts";
import type { ConstraintLike } from "../constraints/registry.ts";
import type { Initializer } from "../initializers/initializer.ts";
import { getInitializer, initializerToKeras } from "../initializers/registry.ts";
import type { InitializerLike } from "../initializers/registry.ts";
import type { KerasConfig } from "../keras-object.ts";
import type { Regularizer } from "../regularizers/regularizer.ts";
import { regularizers } from "../regularizers/registry.ts";
import type { RegularizerLike } from "../regularizers/registry.ts";
import type { VariableSpec } from "../variable.ts";

/** The options of a weight: for `"kernel"`, `kernelInitializer`, `kernelRegularizer` and `kernelConstraint`. */
export type WeightOptions<Name extends string> = {
  /** The first values; the layer says which unless given. */
  readonly [Key in `${Name}Initializer`]?: InitializerLike | undefined;
} & {
  /** A penalty that is added to the loss; none unless given. */
  readonly [Key in `${Name}Regularizer`]?: RegularizerLike | undefined;
} & {
  /** A condition that each step of training brings the weight back to; none unless given. */
  readonly [Key in `${Name}Constraint`]?: ConstraintLike | undefined;
};

/** The options of a bias, which begins as `zeros`, and which layers can do without. */
export interface BiasOptions extends WeightOptions<"bias"> {
  /** Whether to add a bias; true unless given. */
  readonly useBias?: boolean;
}

/** The options of one weight, resolved. */
export class WeightSettings {
  readonly #initializer: Initializer;
  readonly #regularizer: Regularizer | undefined;
  readonly #constraint: Constraint | undefined;

  /** @throws RangeError when one of them is a name that does not exist. */
  constructor(initializer: InitializerLike, regularizer?: RegularizerLike, constraint?: ConstraintLike) {
    this.#initializer = getInitializer(initializer);
    this.#regularizer = regularizer === undefined ? undefined : regularizers.get(regularizer);
    this.#constraint = constraint === undefined ? undefined : constraints.get(constraint);
  }

  /**
   * The settings of the weight whose options begin with `name`: `kernel`, `depthwise`.
   *
   * @throws RangeError when an option names what does not exist.
   */
  static of<Name extends string>(
    name: Name,
    options: WeightOptions<Name>,
    defaultInitializer: InitializerLike,
  ): WeightSettings {
    // The keys are those of the type, which TypeScript does not conclude from their texts.
    const given = options as Readonly<Record<string, unknown>>;
    return new WeightSettings(
      (given[`${name}Initializer`] as InitializerLike | undefined) ?? defaultInitializer,
      given[`${name}Regularizer`] as RegularizerLike | undefined,
      given[`${name}Constraint`] as ConstraintLike | undefined,
    );
  }

  /** The settings of a kernel, which begins as `glorotUniform` unless told otherwise. */
  static ofKernel(options: WeightOptions<"kernel">): WeightSettings {
    return WeightSettings.of("kernel", options, "glorotUniform");
  }

  /** The settings of a bias. */
  static ofBias(options: BiasOptions): WeightSettings {
    return WeightSettings.of("bias", options, "zeros");
  }

  /** What a layer asks for when it is built. */
  variable(name: string, shape: Shape): VariableSpec {
    return {
      name,
      shape,
      initializer: this.#initializer,
      regularizer: this.#regularizer,
      constraint: this.#constraint,
    };
  }

  /** For `kernel`: `{ kernel_initializer, kernel_regularizer, kernel_constraint }`, as Keras writes them. */
  toKeras(name: string): KerasConfig {
    return {
      [`${name}_initializer`]: initializerToKeras(this.#initializer),
      [`${name}_regularizer`]: regularizers.toKeras(this.#regularizer),
      [`${name}_constraint`]: constraints.toKeras(this.#constraint),
    };
  }
}

/** The options of a weight that Keras wrote into a model file; defaults where it wrote nothing. */
export function weightOptions<Name extends string>(config: ConfigReader, name: Name): WeightOptions<Name> {
  const initializer = `${name}_initializer`;
  return {
    [`${name}Initializer`]: config.nested(initializer) === undefined ? undefined : config.initializer(initializer),
    [`${name}Regularizer`]: regularizers.read(config, `${name}_regularizer`),
    [`${name}Constraint`]: constraints.read(config, `${name}_constraint`),
  } as unknown as WeightOptions<Name>;
}

/** The options of a bias that Keras wrote into a model file. */
export function biasOptions(config: ConfigReader): BiasOptions {
  return { ...weightOptions(config, "bias"), useBias: config.boolean("use_bias", true) };
}
