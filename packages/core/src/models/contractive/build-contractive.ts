import type { Node } from "../../graph/node.ts";
import { sizeOf } from "../../graph/tensor-type.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import type { Layer } from "../../nn/layers/layer.ts";
import type { Model } from "../../nn/model/model.ts";
import type { StepScope } from "../../nn/training/step-scope.ts";
import { reshape } from "../../ops/shape.ts";
import { eitherAutoencoder } from "../parts/either-autoencoder.ts";
import type { EitherHalves } from "../parts/either-autoencoder.ts";
import { buildStack } from "../stacked/stacked-layers.ts";
import { estimatedContraction, exactContraction } from "./contraction.ts";

export interface ContractiveParts {
  readonly model: Model;
  readonly encoder: Model;
  readonly decoder: Model;
  /** ‖J‖² of each sample, of the shape []: exact for one dense layer, else estimated. */
  contraction(scope: StepScope, sample: Node, code: Node): Node;
}

/** The halves, and what is known of the encoder's contraction. */
export function buildContractive(
  shape: Shape,
  options: Omit<EitherHalves, "batchNorm"> & { readonly tied: boolean; readonly projections: number },
): ContractiveParts {
  const { architecture, projections, codeActivation } = options;
  const estimate: ContractiveParts["contraction"] = ({ normal }, sample, code) => {
    const directions = Array.from({ length: projections }, () => normal(code.type.shape));
    return estimatedContraction(sample, code, directions);
  };
  if (architecture === "conv") {
    // Statistics over a batch would tie the codes of its samples together: no sample has a Jacobian of its own then.
    return { ...eitherAutoencoder("contractive", shape, { ...options, batchNorm: false }), contraction: estimate };
  }
  const { pairs, ...halves } = buildStack(shape, options, "contractive");
  const [first, ...others] = pairs.map(({ encoding }) => encoding);
  if (first === undefined || others.length > 0) return { ...halves, contraction: estimate };
  const { kernel, bias } = weightsOf(first);
  return {
    ...halves,
    contraction: (_, sample) =>
      exactContraction(reshape(sample, [sizeOf(shape)]), { kernel, bias, activation: codeActivation }),
  };
}

function weightsOf(layer: Layer): { readonly kernel: Node; readonly bias: Node } {
  const [kernel, bias] = layer.variables.map(({ node }) => node);
  if (kernel === undefined || bias === undefined) throw new Error(`${layer.describe()} has no kernel and bias`);
  return { kernel, bias };
}
