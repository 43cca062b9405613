import type { Node } from "../../graph/node.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import { denseTranspose } from "../../ops/dense.ts";
import { add } from "../../ops/elementwise.ts";
import { getActivation } from "../../nn/activations/registry.ts";
import type { Activation } from "../../nn/activations/registry.ts";
import type { KerasConfig } from "../../nn/keras-object.ts";
import { Layer } from "../../nn/layers/layer.ts";
import type { LowerContext } from "../../nn/layers/layer.ts";
import { WeightSettings } from "../../nn/layers/weight-settings.ts";
import type { Variable, VariableSpec } from "../../nn/variable.ts";

/** A dense layer whose kernel is the transpose of another one's. In files it is an ordinary one, with a kernel of its own. */
class TiedDense extends Layer {
  readonly #encoding: Variable;
  readonly #activation: Activation;
  readonly #kernel = WeightSettings.ofKernel({});
  readonly #bias = WeightSettings.ofBias({});

  constructor(encoding: Variable, activation: string) {
    super("Dense", {});
    this.#encoding = encoding;
    this.#activation = getActivation(activation);
  }

  /** Without the kernel: it changes as the encoder's does, which gets the gradients of both. */
  override get trainableVariables(): readonly Variable[] {
    return super.trainableVariables.filter(({ source }) => source !== this.#encoding);
  }

  // activation(x · Wᵀ + bias), W the encoder's kernel: [out] → [in]
  protected lower(_: LowerContext, [x]: readonly [Node]): readonly Node[] {
    return [this.#activation.apply(add(denseTranspose(x, this.#encoding.node), this.weight("bias")))];
  }

  protected override variableSpecs(inputShape: Shape): readonly VariableSpec[] {
    const units = this.#units;
    return [
      { ...this.#kernel.variable("kernel", [...inputShape, units]), transposeOf: this.#encoding },
      this.#bias.variable("bias", [units]),
    ];
  }

  protected settings(): KerasConfig {
    return {
      units: this.#units,
      activation: this.#activation.name,
      use_bias: true,
      ...this.#kernel.toKeras("kernel"),
      ...this.#bias.toKeras("bias"),
    };
  }

  get #units(): number {
    const [units = 1] = this.#encoding.shape;
    return units;
  }
}

/**
 * A dense layer that goes the way of another one back, with its kernel: [units] → [features] for the kernel of a layer that goes from
 * [features] to [units]. The bias is its own.
 *
 * @param encoding has been called, so that its kernel is there.
 */
export function tiedDense(encoding: Layer, activation: string): Layer {
  const kernel = encoding.variables.find(({ name }) => name === "kernel");
  if (kernel === undefined) throw new Error(`${encoding.describe()} has no kernel yet: call it first`);
  return new TiedDense(kernel, activation);
}
