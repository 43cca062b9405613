/** The training steps of variational autoencoders and GANs, written with Sandglass as its families write them. */

import { adam, CustomTrainer, model, ops } from "@sandglass/core";
import type { Device, Model, Node, StepScope } from "@sandglass/core";
import type { GanWorkload, VaeWorkload } from "../workloads.ts";
import { build } from "./sandglass-model.ts";

export function vaeTrainer({ input, codeSize, encoder, decoder }: VaeWorkload, device: Device): CustomTrainer {
  const encode = build(input, encoder);
  const decode = build([codeSize], decoder);
  const half = (statistics: Node, index: number): Node =>
    ops.slice(statistics, { begin: [index * codeSize], size: [codeSize] });

  const terms = ({ inputs: [sample], call, normal }: StepScope): { loss: Node } => {
    const [statistics] = call(encode, sample as Node) as [Node];
    const [mean, logVariance] = [half(statistics, 0), half(statistics, 1)];
    const deviation = ops.exp(ops.multiply(logVariance, 0.5));
    const [logits] = call(decode, ops.add(mean, ops.multiply(deviation, normal([codeSize])))) as [Node];
    const crossentropy = ops.sum(ops.subtract(ops.softplus(logits), ops.multiply(sample as Node, logits)));
    // ½ Σ (μ² + σ² − 1 − log σ²)
    const moments = ops.subtract(ops.add(ops.square(mean), ops.exp(logVariance)), ops.add(logVariance, 1));
    return { loss: ops.add(crossentropy, ops.multiply(ops.sum(moments), 0.5)) };
  };
  return new CustomTrainer(together(encode, decode), {
    inputs: encode.inputs,
    steps: [{ name: "train", optimizer: adam(), trains: [encode, decode], terms }],
    device,
  });
}

export function ganTrainer(workload: GanWorkload, device: Device): CustomTrainer {
  const { input, codeSize, adam: options } = workload;
  const generator = build([codeSize], workload.generator);
  const discriminator = build(input, workload.discriminator);
  const generated = ({ call, normal }: StepScope): Node => call(generator, normal([codeSize]))[0] as Node;
  const judged = ({ call }: StepScope, image: Node): Node => ops.sum(call(discriminator, image)[0] as Node);

  return new CustomTrainer(together(generator, discriminator), {
    inputs: discriminator.inputs,
    steps: [
      {
        name: "discriminator",
        optimizer: adam(options),
        trains: [discriminator],
        terms: (scope) => ({
          // −log D(x) − log(1 − D(G(z))), from logits
          loss: ops.add(
            ops.softplus(ops.negative(judged(scope, scope.inputs[0] as Node))),
            ops.softplus(judged(scope, generated(scope))),
          ),
        }),
      },
      {
        name: "generator",
        optimizer: adam(options),
        trains: [generator],
        // −log D(G(z))
        terms: (scope) => ({ loss: ops.softplus(ops.negative(judged(scope, generated(scope)))) }),
      },
    ],
    device,
  });
}

/** A model that holds both, for all that is trained must be of one. */
function together(first: Model, second: Model): Model {
  return model([...first.inputs, ...second.inputs], [...first.outputs, ...second.outputs]);
}
