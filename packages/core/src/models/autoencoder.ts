/** The object that users work with, whatever the family: fit, encode, decode, reconstruct, score, sample, save. */
import { representativeSamples, splitAny } from "../data/streamed-dataset.ts";
import type { AnyDataset } from "../data/streamed-dataset.ts";
import { GraphError } from "../graph/error.ts";
import type { Shape } from "../graph/tensor-type.ts";
import type { Logs } from "../nn/logs.ts";
import type { Model } from "../nn/model/model.ts";
import { sessionSeed } from "../nn/random/session-seed.ts";
import type { Device } from "../runtime/device.ts";
import type {
  AutoencoderFitOptions,
  AutoencoderHistory,
  AutoencoderSettings,
  AutoencoderSnapshot,
  BatchOptions,
  DecodeOptions,
  DrawOptions,
  ExhibitOptions,
  SaveAutoencoderOptions,
} from "./autoencoder-options.ts";
import { checkSameTargets, checkTargets } from "./check-targets.ts";
import { writeAutoencoder } from "./autoencoder-file.ts";
import type { AutoencoderDescription } from "./autoencoder-file.ts";
import { AutoencoderInference } from "./autoencoder-inference.ts";
import { AutoencoderTraining } from "./autoencoder-training.ts";
import type { Exhibit, Warning } from "./exhibit.ts";
import { reconstructionExhibit } from "./exhibits.ts";
import type { Exhibition } from "./exhibition.ts";
import { inFreshSession } from "./fresh-session.ts";
import type { Brief, ModelFamily, Network } from "./model-family.ts";
import { PRESETS } from "./options/common-options.ts";
import { completeOptions } from "./options/complete-options.ts";
import type { OptionTable, OptionValue, OptionValues } from "./options/option.ts";
import { completeTraining } from "./presets.ts";
import type { TrainingChoices, TrainingSettings } from "./presets.ts";
import { briefOf, describeSamples, toHeldSamples, toSamples } from "./samples.ts";
import type { HeldSamples, SamplesLike } from "./samples.ts";
import type { TrainingState } from "./training-state.ts";

/** What there is once the shape of the samples is known. */
interface Built {
  readonly brief: Brief;
  readonly options: OptionValues<OptionTable>;
  readonly network: Network;
  readonly inference: AutoencoderInference;
  readonly training: AutoencoderTraining;
}

export class Autoencoder {
  readonly family: ModelFamily;
  readonly seed: number;
  readonly #given: OptionValues<OptionTable>;
  readonly #device: Device | undefined;
  #built: Built | undefined;

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
    const { network, training } = this.#parts;
    return network.warnings?.(training.history) ?? [];
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
  build(data: HeldSamples): void {
    const samples = toHeldSamples(data, this.#built?.brief.shape);
    if (this.#built === undefined) this.buildFor(describeSamples(samples, samples));
  }

  /** The same, where the samples are not in memory: for what `briefOf(data)` says of them. */
  buildFor(brief: Brief): void {
    const options = this.family.decide(brief, this.#given);
    const network = inFreshSession(this.seed, () => this.family.build(brief, options));
    const settings = { seed: this.seed, device: this.#device };
    this.#built = {
      brief,
      options,
      network,
      inference: new AutoencoderInference(this.family, network, settings),
      training: new AutoencoderTraining(brief, network, settings),
    };
  }

  /**
   * Trains the model: on a data set, or on arrays with their shape. The first call builds the network for it. Of samples that have targets it
   * learns to make those.
   *
   * @example
   * const model = models.vae({ code: 10 });
   * await model.fit(wardrobe, { epochs: 20, validationSplit: 0.1 });
   *
   * @throws GraphError when the data do not fit the model or cannot be augmented so, have targets that it cannot learn, or it is being trained
   *   already.
   * @throws RangeError when epochs, an optimizer, an augmentation or another number is not what it may be.
   * @throws TrainingDiverged when the loss becomes NaN or infinite; the weights are then those of the last good epoch.
   */
  async fit(data: SamplesLike, options: AutoencoderFitOptions = {}): Promise<AutoencoderHistory> {
    const all = toSamples(data, this.#built?.brief.shape);
    const { training, validation } = this.#divide(all, options);
    checkTargets(this.family, training);
    if (validation !== undefined) checkSameTargets(training, validation);
    if (this.#built === undefined) this.buildFor(await briefOf(training, validation));
    return this.#parts.training.fit(training, validation, this.trainingSettings(options), options);
  }

  /**
   * How `fit` trains with these choices: what is not among them is the family's own, by the preset.
   *
   * @throws RangeError when there is no such optimizer, or the epochs are no whole number from 1 on, or fewer than the parts of the
   *   training, which are known once the model is built.
   */
  trainingSettings(choices: TrainingChoices & Pick<AutoencoderFitOptions, "initialEpoch"> = {}): TrainingSettings {
    const preset = PRESETS.find((name) => name === this.options["preset"]) ?? "balanced";
    const { training: defaults, isSolved = false } = this.family;
    const settings = completeTraining(defaults, preset, choices, isSolved ? undefined : this.#built?.brief.count);
    if (isSolved) return { ...settings, epochs: 1 };
    this.#built?.training.check({ epochs: settings.epochs, initialEpoch: choices.initialEpoch ?? 0 });
    return settings;
  }

  /**
   * The loss and its terms over samples, as `fit` measures validation data; of a model that is solved at once, the squared error. Outputs are compared
   * with targets where the samples have such.
   */
  async evaluate(data: SamplesLike, options: BatchOptions = {}): Promise<Logs> {
    return this.#parts.inference.evaluate(this.#compared(data), options);
  }

  /** The code of each sample, one after the other. A conditional model takes the samples' labels into account. */
  async encode(data: SamplesLike, options: BatchOptions = {}): Promise<Float32Array> {
    return this.#parts.inference.encode(this.#samples(data), options);
  }

  /** The sample of each code, one after the other. */
  async decode(codes: Float32Array, options: DecodeOptions = {}): Promise<Float32Array> {
    return this.#parts.inference.decode(codes, options);
  }

  /** What the model gives back of each sample; targets are not looked at. */
  async reconstruct(data: SamplesLike, options: BatchOptions = {}): Promise<Float32Array> {
    return this.#parts.inference.reconstruct(this.#samples(data), options);
  }

  /**
   * How unusual each sample is: the mean squared error of its reconstruction, or what the family has for it. Larger is more unusual. Of samples with
   * targets it is the error against the target.
   */
  async score(data: SamplesLike, options: BatchOptions = {}): Promise<Float32Array> {
    return this.#parts.inference.score(this.#compared(data), options);
  }

  /**
   * New samples, one after the other.
   *
   * @throws GraphError when the family does not generate, or labels do not go with the model or the number of samples.
   * @throws RangeError when the count is no whole number from 1 on, or there is no class of a label.
   */
  async sample(count: number, options: DrawOptions = {}): Promise<Float32Array> {
    return this.#parts.inference.sample(count, options);
  }

  /**
   * What there is to see of the model: reconstructions, and what the family shows beside, such as samples, codes and units.
   *
   * @param data samples that the model was not trained on, where there are such; some thousands at most.
   */
  async exhibits(data: SamplesLike, options: ExhibitOptions = {}): Promise<readonly Exhibit[]> {
    const exhibition = await this.#exhibition(data, options);
    const reconstructions = this.encoder === undefined ? [] : [await reconstructionExhibit(exhibition)];
    return [...reconstructions, ...(await this.network.exhibits(exhibition))];
  }

  /** What the family shows, without the reconstructions that all autoencoders have. */
  async ownExhibits(data: SamplesLike, options: ExhibitOptions = {}): Promise<readonly Exhibit[]> {
    return this.network.exhibits(await this.#exhibition(data, options));
  }

  async #exhibition(data: SamplesLike, { seed = 0, training }: ExhibitOptions): Promise<Exhibition> {
    const shown = await representativeSamples(this.#samples(data));
    const trained = training && (await representativeSamples(this.#samples(training)));
    return this.#parts.inference.exhibition(shown, seed, trained);
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
    return this.#parts.training.takeSnapshot();
  }

  /** Puts a training's state back that was saved with the model, so that `fit` with `initialEpoch` goes on with it. */
  async restoreTraining(state: TrainingState, history: readonly Logs[] = []): Promise<void> {
    await this.#parts.training.restore(state, history);
  }

  /** Gives the memory of the model's programs back. Weights and the training's state stay, and the model can be used again. */
  async dispose(): Promise<void> {
    if (this.#built === undefined) return;
    const { inference, training, network } = this.#built;
    for (const owner of [inference, training, network.model]) await owner.dispose();
  }

  get #parts(): Built {
    if (this.#built !== undefined) return this.#built;
    throw new GraphError(
      `the model "${this.family.name}" knows no samples yet; call fit(data), or build(data) for one that is not trained`,
    );
  }

  #samples(data: SamplesLike): AnyDataset {
    return toSamples(data, this.#parts.brief.shape);
  }

  /** Samples that outputs are compared with. */
  #compared(data: SamplesLike): AnyDataset {
    const samples = this.#samples(data);
    checkTargets(this.family, samples);
    return samples;
  }

  #divide(
    all: AnyDataset,
    { validationSplit = 0, validationData }: AutoencoderFitOptions,
  ): { readonly training: AnyDataset; readonly validation: AnyDataset | undefined } {
    if (validationData !== undefined) return { training: all, validation: toSamples(validationData, all.shape) };
    return validationSplit === 0
      ? { training: all, validation: undefined }
      : splitAny(all, { validation: validationSplit });
  }
}
