import { add, div, mul, sqrt, square, sub } from "../../ops/elementwise.ts";
import type { ConfigReader } from "../config-reader.ts";
import type { KerasConfig } from "../keras-object.ts";
import { checkEpsilon, checkFromZero } from "./option-checks.ts";
import { optimizerOptions } from "./optimizer-options.ts";
import { Optimizer } from "./optimizer.ts";
import type { OptimizerOptions, UpdateOperands, UpdateResult } from "./optimizer.ts";

export interface AdagradOptions extends OptimizerOptions {
  /** What the sum of squares starts with, 0.1 unless given. */
  readonly initialAccumulatorValue?: number | undefined;
  /** Added under the root, 1e-7 unless given. */
  readonly epsilon?: number | undefined;
}

class Adagrad extends Optimizer<"accumulator", "learningRate"> {
  protected readonly ruleSlots = [["accumulator"]] as const;
  readonly #initialAccumulatorValue: number;
  readonly #epsilon: number;

  constructor(options: AdagradOptions) {
    super("Adagrad", 0.001, options);
    const { initialAccumulatorValue = 0.1, epsilon = 1e-7 } = options;
    this.#initialAccumulatorValue = checkFromZero("Adagrad", "initialAccumulatorValue", initialAccumulatorValue);
    this.#epsilon = checkEpsilon("Adagrad", epsilon);
  }

  override initialSlotValue(slot: string): number {
    return slot === "accumulator" ? this.#initialAccumulatorValue : 0;
  }

  protected stepNumbers(_step: number, learningRate: number): { learningRate: number } {
    return { learningRate };
  }

  // a ← a + g²; w ← w − αg / √(a + ε)
  update(operands: UpdateOperands<"accumulator", "learningRate">): UpdateResult<"accumulator"> {
    const { variable, gradient, slots, scalars } = operands;
    const accumulator = add(slots.accumulator, square(gradient));
    const change = div(mul(gradient, scalars.learningRate), sqrt(add(accumulator, this.#epsilon)));
    return { variable: sub(variable, change), slots: { accumulator } };
  }

  protected settings(): KerasConfig {
    return { initial_accumulator_value: this.#initialAccumulatorValue, epsilon: this.#epsilon };
  }
}

/** Adagrad (Duchi et al. 2011): steps divided by the root of the sum of all g². The learning rate is 0.001 unless given. */
export function adagrad(options: AdagradOptions = {}): Optimizer {
  return new Adagrad(options);
}

export function adagradFromConfig(config: ConfigReader): Optimizer {
  return adagrad({
    ...optimizerOptions(config),
    initialAccumulatorValue: config.optionalNumber("initial_accumulator_value"),
    epsilon: config.optionalNumber("epsilon"),
  });
}
