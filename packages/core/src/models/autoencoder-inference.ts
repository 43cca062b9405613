/** What a model makes of samples: codes, reconstructions, scores, the loss; and samples of codes. */
import { counted } from "../data/counted.ts";
import type { Dataset } from "../data/dataset.ts";
import type { AnyDataset } from "../data/streamed-dataset.ts";
import { targetsOf, withoutTargets } from "../data/targets.ts";
import { GraphError } from "../graph/error.ts";
import type { Node } from "../graph/node.ts";
import type { Logs } from "../nn/logs.ts";
import { CustomTrainer } from "../nn/model/custom-trainer.ts";
import { RandomBits } from "../nn/random/random-bits.ts";
import type { StepScope } from "../nn/training/step-scope.ts";
import type { BatchOptions, DecidedSettings, DecodeOptions, DrawOptions } from "./autoencoder-options.ts";
import type { Exhibition } from "./exhibition.ts";
import { familyOptimizer } from "./family-optimizer.ts";
import type { ModelFamily, Network, TrainedPhase } from "./model-family.ts";
import { perPart } from "./per-part.ts";
import { Predictions } from "./predictions.ts";
import { oneHot } from "./samples.ts";
import { squaredErrors } from "./squared-errors.ts";
import { heldTargets, targetTensors, trainingData, trainingInputs } from "./training-inputs.ts";

const BATCH_SIZE = 128;

export class AutoencoderInference {
  readonly #family: ModelFamily;
  readonly #network: Network;
  readonly #settings: DecidedSettings;
  readonly #predictions: Predictions;

  /** @param network what the family has built. */
  constructor(family: ModelFamily, network: Network, settings: DecidedSettings) {
    this.#family = family;
    this.#network = network;
    this.#settings = settings;
    this.#predictions = new Predictions(settings.device);
  }

  async encode(samples: AnyDataset, { batchSize = BATCH_SIZE, signal }: BatchOptions = {}): Promise<Float32Array> {
    const { encoder } = this.#network;
    if (encoder === undefined) {
      throw new GraphError(`the model "${this.#family.name}" has no encoder: it makes samples, and codes of none`);
    }
    return perPart(withoutTargets(samples), (part) =>
      this.#predictions.predict(encoder, trainingInputs(encoder.inputs, part), { batchSize, signal }),
    );
  }

  async decode(
    codes: Float32Array,
    { labels, batchSize = BATCH_SIZE, signal }: DecodeOptions = {},
  ): Promise<Float32Array> {
    const { decoder } = this.#network;
    const options = { batchSize, signal };
    const [, classes] = decoder.inputs;
    if (classes === undefined) return this.#predictions.predict(decoder, [codes], options);
    if (labels === undefined)
      throw new GraphError("a conditional model needs the class of each code: decode(codes, { labels })");
    return this.#predictions.predict(decoder, [codes, oneHot(labels, classes.shape[0] ?? 0)], options);
  }

  async reconstruct(samples: AnyDataset, options: BatchOptions = {}): Promise<Float32Array> {
    const codes = await this.encode(samples, options);
    return this.decode(codes, { ...options, ...(samples.labels && { labels: samples.labels }) });
  }

  async score(samples: AnyDataset, options: BatchOptions = {}): Promise<Float32Array> {
    const { score } = this.#network;
    return perPart(samples, async (part) => {
      if (score === undefined) return squaredErrors(targetsOf(part), await this.reconstruct(part, options));
      const [scores] = await this.compute(part, (scope) => [score(scope)], options);
      return scores as Float32Array;
    });
  }

  async evaluate(samples: AnyDataset, options: BatchOptions = {}): Promise<Logs> {
    const phase = this.#measuredPhase();
    if (phase === undefined) {
      const errors = await this.score(samples, options);
      return { loss: errors.reduce((sum, error) => sum + error, 0) / errors.length };
    }
    const { optimizer } = this.#family.training;
    const trainer = new CustomTrainer(this.#network.model, {
      inputs: phase.inputs,
      targets: targetTensors(samples),
      steps: phase.steps({ stepsPerEpoch: 1, epochs: 1, optimizer: () => familyOptimizer(optimizer, undefined) }),
      ...(phase.measure !== undefined && { measure: (scope) => phase.measure!(scope) }),
      device: this.#settings.device,
    });
    try {
      const { batchSize = BATCH_SIZE, signal } = options;
      const x = trainingData(phase.inputs, samples, { batchSize });
      return await trainer.evaluate(x, { y: heldTargets(samples), batchSize, signal });
    } finally {
      await trainer.dispose();
    }
  }

  async sample(count: number, { seed = 0, labels, signal }: DrawOptions = {}): Promise<Float32Array> {
    const { prior, decoder } = this.#network;
    const { name } = this.#family;
    if (prior === undefined) {
      throw new GraphError(
        `the model "${name}" draws no new samples: its codes follow no known distribution. ` +
          'Take a model that generates; "sandglass models" says what each is for',
      );
    }
    if (!Number.isInteger(count) || count < 1) {
      throw new RangeError(`count must be a whole number from 1 on; ${count} came`);
    }
    const codes = prior(count, new RandomBits(seed));
    const [, classes] = decoder.inputs;
    if (classes === undefined) {
      if (labels === undefined) return this.decode(codes, { signal });
      throw new GraphError(`the model "${name}" was not trained with classes and draws samples of none; labels came`);
    }
    const numClasses = classes.shape[0] ?? 1;
    const wanted = labels ?? Uint8Array.from({ length: count }, (_, index) => index % numClasses);
    if (wanted.length !== count)
      throw new GraphError(
        `${counted(count, "sample")} ${count === 1 ? "needs" : "need"} as many labels; ${wanted.length} came`,
      );
    return this.decode(codes, { labels: wanted, signal });
  }

  /** Anything else, one array for each node; inputs as those of the training. */
  async compute(
    samples: Dataset,
    compute: (scope: StepScope) => readonly Node[],
    { batchSize = BATCH_SIZE, signal }: BatchOptions = {},
  ): Promise<readonly Float32Array[]> {
    const { model } = this.#network;
    const inputs = this.#measuredPhase()?.inputs ?? model.inputs;
    const { seed } = this.#settings;
    const options = { batchSize, signal };
    return this.#predictions.compute(model, { inputs, seed, compute }, trainingInputs(inputs, samples), options);
  }

  /** What exhibits are made with. */
  exhibition(data: Dataset, seed: number, training?: Dataset): Exhibition {
    return {
      data,
      training,
      seed,
      encode: (some) => this.encode(some),
      decode: (codes, labels) => this.decode(codes, labels === undefined ? {} : { labels }),
      reconstruct: (some) => this.reconstruct(some),
      sample: (count, labels) => this.sample(count, { seed, ...(labels && { labels }) }),
      compute: (some, compute) => this.compute(some, compute),
    };
  }

  /** Gives the memory of the programs back; they are compiled anew when they are needed. */
  dispose(): Promise<void> {
    return this.#predictions.dispose();
  }

  #measuredPhase(): TrainedPhase | undefined {
    const phase = this.#network.phases.at(-1);
    return phase?.kind === "trained" ? phase : undefined;
  }
}
