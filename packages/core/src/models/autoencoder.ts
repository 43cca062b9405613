/** The object that users work with, whatever the family: fit, encode, decode, reconstruct, score, sample, save. */
import type { Dataset } from "../data/dataset.ts";
import { split } from "../data/dataset.ts";
import { GraphError } from "../graph/error.ts";
import type { Node } from "../graph/node.ts";
import type { Shape } from "../graph/tensor-type.ts";
import type { Logs } from "../nn/logs.ts";
import type { Model } from "../nn/model/model.ts";
import { RandomBits } from "../nn/random/random-bits.ts";
import { sessionSeed } from "../nn/random/session-seed.ts";
import type { Callback } from "../nn/training/callback.ts";
import { CustomTrainer } from "../nn/model/custom-trainer.ts";
import type { StepScope } from "../nn/training/step-scope.ts";
import type { Device } from "../runtime/device.ts";
import type {
  AutoencoderFitOptions,
  AutoencoderHistory,
  AutoencoderSettings,
  AutoencoderSnapshot,
  ExhibitOptions,
  SaveAutoencoderOptions,
} from "./autoencoder-options.ts";
import { writeAutoencoder } from "./autoencoder-file.ts";
import type { AutoencoderDescription } from "./autoencoder-file.ts";
import type { Exhibit, Warning } from "./exhibit.ts";
import { reconstructionExhibit } from "./exhibits.ts";
import type { Exhibition } from "./exhibition.ts";
import { familyOptimizer } from "./family-optimizer.ts";
import { inFreshSession } from "./fresh-session.ts";
import type { Brief, ModelFamily, Network, TrainedPhase } from "./model-family.ts";
import { PRESETS } from "./options/common-options.ts";
import { completeOptions } from "./options/complete-options.ts";
import type { OptionTable, OptionValue, OptionValues } from "./options/option.ts";
import { Predictions } from "./predictions.ts";
import { completeTraining } from "./presets.ts";
import type { TrainingChoices, TrainingSettings } from "./presets.ts";
import { squaredErrors } from "./squared-errors.ts";
import { countClasses, oneHot, toDataset } from "./samples.ts";
import type { SamplesLike } from "./samples.ts";
import { checkEpochs, PhasedTraining } from "./train-phases.ts";
import type { PhaseSpan } from "./train-phases.ts";
import { trainingInputs } from "./training-inputs.ts";
import type { TrainingState } from "./training-state.ts";
import { summarizeValues } from "./values.ts";

const BATCH_SIZE = 128;

interface Built {
  readonly brief: Brief;
  readonly options: OptionValues<OptionTable>;
  readonly network: Network;
  readonly training: PhasedTraining;
}

export class Autoencoder {
  readonly family: ModelFamily;
  readonly seed: number;
  readonly #given: OptionValues<OptionTable>;
  readonly #device: Device | undefined;
  readonly #predictions: Predictions;
  #built: Built | undefined;
  #history: Logs[] = [];
  #isTraining = false;

  /** @throws RangeError when an option is unknown, or a value is not what it may be. */
  constructor(
    family: ModelFamily,
    options: Readonly<Record<string, OptionValue | undefined>>,
    { seed = sessionSeed(), device }: AutoencoderSettings = {},
  ) {
    this.family = family;
    this.seed = seed;
    this.#given = completeOptions(family.name, family.options, options);
    this.#device = device;
    this.#predictions = new Predictions(device);
  }

  /** Whether the shape of the samples is known, and with it the network. */
  get isBuilt(): boolean {
    return this.#built !== undefined;
  }

  /** All options; those that the data decide, once they are known. */
  get options(): Readonly<Record<string, OptionValue | undefined>> {
    return this.#built?.options ?? this.#given;
  }

  /** Everything that the model has learned, as one Keras model: to save, to print, to export. */
  get model(): Model {
    return this.network.model;
  }

  /** The half that makes codes; undefined where samples have none. */
  get encoder(): Model | undefined {
    return this.network.encoder;
  }

  /** The half that makes samples of codes. */
  get decoder(): Model {
    return this.network.decoder;
  }

  /** The shape of one sample. */
  get shape(): Shape {
    return this.#parts.brief.shape;
  }

  /** The shape of one code. */
  get codeShape(): Shape {
    return this.network.decoder.inputs[0]?.shape ?? [];
  }

  /** How many numbers the model keeps: those that two of its layers share count once. */
  get numParameters(): number {
    const kept = new Set(this.model.variables.map(({ source }) => source));
    return [...kept].reduce((sum, { size }) => sum + size, 0);
  }

  /** Whether it draws new samples. */
  get isGenerative(): boolean {
    return this.network.prior !== undefined;
  }

  /** How the model was made. */
  get description(): AutoencoderDescription {
    const { brief, options } = this.#parts;
    return { family: this.family.name, options, brief, seed: this.seed };
  }

  /** What the family has built. */
  get network(): Network {
    return this.#parts.network;
  }

  /** What the model's own training has shown to be wrong with it. */
  get warnings(): readonly Warning[] {
    return this.network.warnings?.(this.#history) ?? [];
  }

  /** The state of the optimizers, to go on with the training later; undefined before there is any. */
  get trainingState(): TrainingState | undefined {
    return this.#built?.training.state;
  }

  /**
   * Builds the network for samples like these, as `fit` does when it first sees them.
   *
   * @throws GraphError when the family cannot be built for their shape, or they are not those that it was built for.
   */
  build(data: SamplesLike): void {
    const samples = toDataset(data, this.#built?.brief.shape);
    this.#buildFor(samples, countClasses(samples));
  }

  #buildFor(samples: Dataset, numClasses: number): void {
    if (this.#built !== undefined) return;
    const { shape, count } = samples;
    this.buildFor({ shape, count, values: summarizeValues(samples, shape), numClasses });
  }

  /** The same, where the samples are not at hand. */
  buildFor(brief: Brief): void {
    const options = this.family.decide(brief, this.#given);
    const network = inFreshSession(this.seed, () => this.family.build(brief, options));
    this.#built = { brief, options, network, training: new PhasedTraining(network) };
  }

  /**
   * Trains the model: on a data set, or on arrays with their shape. The first call builds the network for it.
   *
   * @example
   * const model = models.vae({ code: 10 });
   * await model.fit(wardrobe, { epochs: 20, validationSplit: 0.1 });
   *
   * @throws GraphError when the data do not fit the model, or it is being trained already.
   * @throws RangeError when epochs, an optimizer or another number is not what it may be.
   * @throws TrainingDiverged when the loss becomes NaN or infinite; the weights are then those of the last good epoch.
   */
  async fit(data: SamplesLike, options: AutoencoderFitOptions = {}): Promise<AutoencoderHistory> {
    const all = toDataset(data, this.#built?.brief.shape);
    const { training, validation } = this.#divide(all, options);
    // Classes that only the validation data have are classes, too.
    this.#buildFor(training, Math.max(countClasses(training), validation === undefined ? 0 : countClasses(validation)));
    if (this.#isTraining) throw new GraphError(`the model is being trained already; wait for that to end`);
    const { seed = this.seed, initialEpoch = 0, shuffle = true, verbose = 0, signal } = options;
    if (!Number.isInteger(initialEpoch) || initialEpoch < 0) {
      throw new RangeError(`initialEpoch must be a whole number from 0 on; ${initialEpoch} came`);
    }
    const settings = this.trainingSettings(options);
    const { training: phased } = this.#parts;
    this.#isTraining = true;
    if (initialEpoch === 0) this.#history = [];
    try {
      const { entries, stopped, spans } = await phased.train(training, validation, {
        ...settings,
        seed,
        initialEpoch,
        shuffle,
        verbose,
        signal,
        device: this.#device,
        callbacks: (phase) => [this.#watch(), ...callbacksOf(options.callbacks, phase)],
      });
      return { epochs: entries, history: byFigure(entries), phases: spans, stopped };
    } finally {
      this.#isTraining = false;
    }
  }

  /**
   * How `fit` trains with these choices: what is not among them is the family's own, by the preset.
   *
   * @throws RangeError when there is no such optimizer, or the epochs are no whole number from 1 on, or fewer than the parts of the
   *   training, which are known once the model is built.
   */
  trainingSettings(choices: TrainingChoices = {}): TrainingSettings {
    const preset = PRESETS.find((name) => name === this.options["preset"]) ?? "balanced";
    const settings = completeTraining(this.family.training, preset, choices);
    if (this.#built !== undefined) checkEpochs(this.#built.network, settings.epochs);
    return settings;
  }

  /** The loss and its terms over samples, as `fit` measures validation data; of a model that is solved at once, the squared error. */
  async evaluate(data: SamplesLike, { batchSize = BATCH_SIZE }: { readonly batchSize?: number } = {}): Promise<Logs> {
    const samples = this.#samples(data);
    const phase = this.#measuredPhase();
    if (phase === undefined) {
      const errors = await this.score(samples, { batchSize });
      return { loss: errors.reduce((sum, error) => sum + error, 0) / errors.length };
    }
    const { optimizer } = this.family.training;
    const trainer = new CustomTrainer(this.model, {
      inputs: phase.inputs,
      steps: phase.steps({ stepsPerEpoch: 1, epochs: 1, optimizer: () => familyOptimizer(optimizer, undefined) }),
      ...(phase.measure !== undefined && { measure: (scope) => phase.measure!(scope) }),
      device: this.#device,
    });
    try {
      return await trainer.evaluate(trainingInputs(phase.inputs, samples), { batchSize });
    } finally {
      await trainer.dispose();
    }
  }

  /** The code of each sample, one after the other. A conditional model takes the samples' labels into account. */
  async encode(
    data: SamplesLike,
    { batchSize = BATCH_SIZE }: { readonly batchSize?: number } = {},
  ): Promise<Float32Array> {
    const { encoder } = this.network;
    if (encoder === undefined) {
      throw new GraphError(`the model "${this.family.name}" has no encoder: it makes samples, and codes of none`);
    }
    return this.#predictions.predict(encoder, trainingInputs(encoder.inputs, this.#samples(data)), batchSize);
  }

  /**
   * The sample of each code, one after the other.
   *
   * @param labels the classes, which a conditional model needs.
   */
  async decode(
    codes: Float32Array,
    { labels, batchSize = BATCH_SIZE }: { readonly labels?: ArrayLike<number>; readonly batchSize?: number } = {},
  ): Promise<Float32Array> {
    const { decoder } = this.network;
    const [, classes] = decoder.inputs;
    if (classes === undefined) return this.#predictions.predict(decoder, [codes], batchSize);
    if (labels === undefined)
      throw new GraphError("a conditional model needs the class of each code: decode(codes, { labels })");
    return this.#predictions.predict(decoder, [codes, oneHot(labels, classes.shape[0] ?? 0)], batchSize);
  }

  /** What the model gives back of each sample. */
  async reconstruct(
    data: SamplesLike,
    { batchSize = BATCH_SIZE }: { readonly batchSize?: number } = {},
  ): Promise<Float32Array> {
    const samples = this.#samples(data);
    const codes = await this.encode(samples, { batchSize });
    return this.decode(codes, { batchSize, ...(samples.labels && { labels: samples.labels }) });
  }

  /** How unusual each sample is: the mean squared error of its reconstruction, or what the family has for it. Larger is more unusual. */
  async score(
    data: SamplesLike,
    { batchSize = BATCH_SIZE }: { readonly batchSize?: number } = {},
  ): Promise<Float32Array> {
    const samples = this.#samples(data);
    const { score } = this.network;
    if (score === undefined) {
      return squaredErrors(samples, await this.reconstruct(samples, { batchSize }));
    }
    const [scores] = await this.#compute(samples, (scope) => [score(scope)], batchSize);
    return scores as Float32Array;
  }

  /**
   * New samples, one after the other.
   *
   * @param labels the classes that a conditional model draws; all in turn unless given.
   * @throws GraphError when the family does not generate, or labels do not go with the model or the number of samples.
   * @throws RangeError when the count is no whole number from 1 on, or there is no class of a label.
   */
  async sample(
    count: number,
    { seed = 0, labels }: { readonly seed?: number; readonly labels?: ArrayLike<number> } = {},
  ): Promise<Float32Array> {
    const { prior, decoder } = this.network;
    if (prior === undefined) {
      throw new GraphError(
        `the model "${this.family.name}" draws no new samples: its codes follow no known distribution. ` +
          'Take a model that generates; "sandglass models" says what each is for',
      );
    }
    if (!Number.isInteger(count) || count < 1) {
      throw new RangeError(`count must be a whole number from 1 on; ${count} came`);
    }
    const codes = prior(count, new RandomBits(seed));
    const [, classes] = decoder.inputs;
    if (classes === undefined) {
      if (labels === undefined) return this.decode(codes);
      throw new GraphError(
        `the model "${this.family.name}" was not trained with classes and draws samples of none; labels came`,
      );
    }
    const numClasses = classes.shape[0] ?? 1;
    const wanted = labels ?? Uint8Array.from({ length: count }, (_, index) => index % numClasses);
    if (wanted.length !== count) throw new GraphError(`${count} samples need as many labels; ${wanted.length} came`);
    return this.decode(codes, { labels: wanted });
  }

  /**
   * What there is to see of the model: reconstructions, and what the family shows beside, such as samples, codes and units.
   *
   * @param data samples that the model was not trained on, where there are such; some thousands at most.
   */
  async exhibits(data: SamplesLike, options: ExhibitOptions = {}): Promise<readonly Exhibit[]> {
    const exhibition = this.#exhibition(this.#samples(data), options);
    const reconstructions = this.encoder === undefined ? [] : [await reconstructionExhibit(exhibition)];
    return [...reconstructions, ...(await this.network.exhibits(exhibition))];
  }

  /** What the family shows, without the reconstructions that all autoencoders have. */
  async ownExhibits(data: SamplesLike, options: ExhibitOptions = {}): Promise<readonly Exhibit[]> {
    return this.network.exhibits(this.#exhibition(this.#samples(data), options));
  }

  #exhibition(samples: Dataset, { seed = 0, training }: ExhibitOptions): Exhibition {
    return {
      data: samples,
      training: training && this.#samples(training),
      seed,
      encode: (some) => this.encode(some),
      decode: (codes, labels) => this.decode(codes, labels === undefined ? {} : { labels }),
      reconstruct: (some) => this.reconstruct(some),
      sample: (count, labels) => this.sample(count, { seed, ...(labels && { labels }) }),
      compute: (some, compute) => this.#compute(some, compute, BATCH_SIZE),
    };
  }

  /**
   * The model as the bytes of a `.keras` file: `models.load` makes the same model of it, and Keras 3 opens it as a model of its
   * layers. The same bytes for the same model.
   *
   * @example
   * await writeFile("vae.keras", await model.save());
   */
  async save({ includeOptimizer = true }: SaveAutoencoderOptions = {}): Promise<Uint8Array> {
    const training = includeOptimizer ? this.trainingState : undefined;
    return writeAutoencoder({ model: this.model, description: this.description, training });
  }

  /** Prints the layers, as Keras does, and returns the text. */
  summary(options: Parameters<Model["summary"]>[0] = {}): string {
    return this.model.summary({ expandNested: true, ...options });
  }

  /** The state of the model and its training, to go back to. */
  takeSnapshot(): AutoencoderSnapshot {
    const { network, training } = this.#parts;
    const [weights, state] = [network.model.getWeights(), training.state];
    return {
      iterations: training.iterations,
      restore: async () => {
        network.model.setWeights(weights);
        await training.restore(state);
      },
    };
  }

  /** Puts a training's state back that was saved with the model, so that `fit` with `initialEpoch` goes on with it. */
  async restoreTraining(state: TrainingState, history: readonly Logs[] = []): Promise<void> {
    await this.#parts.training.restore(state);
    this.#history = [...history];
  }

  /** Gives the memory of the model's programs back. Weights and the training's state stay, and the model can be used again. */
  async dispose(): Promise<void> {
    await this.#predictions.dispose();
    await this.#built?.training.dispose();
    await this.#built?.network.model.dispose();
  }

  get #parts(): Built {
    if (this.#built !== undefined) return this.#built;
    throw new GraphError(
      `the model "${this.family.name}" knows no samples yet; call fit(data), or build(data) for one that is not trained`,
    );
  }

  #samples(data: SamplesLike): Dataset {
    return toDataset(data, this.#parts.brief.shape);
  }

  #divide(
    all: Dataset,
    { validationSplit = 0, validationData }: AutoencoderFitOptions,
  ): { readonly training: Dataset; readonly validation: Dataset | undefined } {
    if (validationData !== undefined) return { training: all, validation: toDataset(validationData, all.shape) };
    return validationSplit === 0
      ? { training: all, validation: undefined }
      : split(all, { validation: validationSplit });
  }

  #watch(): Callback {
    return { onEpochEnd: (_, logs) => void this.#history.push(logs) };
  }

  #compute(
    data: Dataset,
    compute: (scope: StepScope) => readonly Node[],
    batchSize: number,
  ): Promise<readonly Float32Array[]> {
    const { model, seed } = this;
    const inputs = this.#measuredPhase()?.inputs ?? model.inputs;
    return this.#predictions.compute(model, { inputs, seed, compute }, trainingInputs(inputs, data), batchSize);
  }

  #measuredPhase(): TrainedPhase | undefined {
    const phase = this.network.phases.at(-1);
    return phase?.kind === "trained" ? phase : undefined;
  }
}

/** Each figure over the epochs that have it. */
function byFigure(entries: readonly { readonly logs: Logs }[]): Record<string, number[]> {
  const figures: Record<string, number[]> = {};
  for (const { logs } of entries) {
    for (const [name, value] of Object.entries(logs)) (figures[name] ??= []).push(value);
  }
  return figures;
}

function callbacksOf(given: AutoencoderFitOptions["callbacks"] = [], phase: PhaseSpan): readonly Callback[] {
  return typeof given === "function" ? given(phase) : given;
}
