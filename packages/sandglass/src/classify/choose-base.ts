/** What `--base` names: nothing that has learned before, MobileNetV2, the encoder of a run made here, or a model file. */
import { basename, extname } from "node:path";
import { classify, GraphError, importOnnx, loadModel, type Device, type Model } from "@sandglass/core";
import { readBytes } from "../data/read-file.ts";
import { UserError } from "../errors.ts";
import { loadKind, loadPreparation, loadRun } from "../runs/load-run.ts";
import { findRun } from "../runs/last-run.ts";
import {
  completeServices,
  describeDownload,
  kindOf,
  type DataChoices,
  type OpenServices,
  type Preparation,
} from "../sources/index.ts";
import { loadClassifierRun } from "./load-classifier-run.ts";
import { openMobileNetV2 } from "../weights/index.ts";

export interface BaseRequest {
  /** `cnn`, `mobilenetv2`, the folder of a run, or a file: `.keras`, `.h5`, `.onnx`. */
  readonly base: string;
  /** Weights of MobileNetV2; those of ImageNet, downloaded, unless given. */
  readonly weights?: string | undefined;
  /** Of MobileNetV2: what its filters are multiplied by; found by the weights, or 1, unless given. */
  readonly alpha?: number | undefined;
  /** The values that the network of a file takes; as its name says, or from 0 to 1, unless given. */
  readonly inputValues?: classify.InputValues | undefined;
}

/** What has learned before. */
export interface ChosenBase {
  /** What it is: `mobilenetv2`, `encoder of conv`, the name of a file. */
  readonly name: string;
  /** Where it comes from: the folder of a run, the path of a file, weights. */
  readonly source: string;
  /** The values that it takes. */
  readonly inputValues: classify.InputValues;
  /** What samples must be for it, where they are images that can be brought to any size. */
  readonly choices: Pick<DataChoices, "size" | "color" | "fit">;
  /** How the data of a run became samples; undefined for what was not made here. */
  readonly preparation?: Preparation;
  /**
   * The network up to its features, for samples of a shape.
   *
   * @throws UserError when there are no weights of this kind for it.
   */
  open(shape: readonly number[]): Promise<Model>;
}

/** The side of ImageNet's images for most networks. */
const IMAGENET_SIDE = "224";
const MODEL_FILES: ReadonlySet<string> = new Set([".keras", ".h5", ".hdf5", ".onnx"]);
const ALPHAS = [1, 0.35, 0.5, 0.75, 1.3, 1.4] as const;

/**
 * Finds what was named as a base.
 *
 * @param services for what is downloaded.
 * @returns undefined for `cnn`, which learns everything itself.
 * @throws UserError when there is nothing of that name.
 */
export async function chooseBase(
  request: BaseRequest,
  device: Device,
  services: Partial<OpenServices> = {},
): Promise<ChosenBase | undefined> {
  const { base, weights, alpha, inputValues } = request;
  const isMobileNet = base === "mobilenetv2";
  if (!isMobileNet && (weights !== undefined || alpha !== undefined)) {
    throw new UserError(`--weights and --alpha are for --base mobilenetv2; --base ${base} came`, { exitCode: 2 });
  }
  const isFile = MODEL_FILES.has(extname(base).toLowerCase());
  if (!isFile && inputValues !== undefined) {
    throw new UserError(`--input-values is for a model file as --base; ${base} knows its own`, { exitCode: 2 });
  }
  if (base === "cnn") return undefined;
  if (isMobileNet) return mobileNet(request, completeServices(services));
  return isFile ? ofFile(base, inputValues) : ofRun(base, device);
}

function mobileNet({ weights, alpha }: BaseRequest, { note, signal }: OpenServices): ChosenBase {
  return {
    name: "mobilenetv2",
    source: weights === undefined ? "weights of ImageNet" : `weights of ${weights}`,
    inputValues: "symmetric",
    choices: { size: IMAGENET_SIDE, color: "color" },
    open: async ([height = 0, width = 0]) => {
      const options = {
        inputShape: [height, width, 3],
        includeTop: false,
        ...(weights !== undefined && { weights }),
        signal,
        onProgress: describeDownload(note),
      };
      // Weights say by their shapes whether they are those of an alpha.
      const candidates = alpha !== undefined ? [alpha] : weights === undefined ? [1] : ALPHAS;
      const failures: unknown[] = [];
      for (const candidate of candidates) {
        try {
          return await openMobileNetV2({ ...options, alpha: candidate });
        } catch (error) {
          if (!(error instanceof UserError)) throw error;
          failures.push(error);
        }
      }
      throw failures[0];
    },
  };
}

async function ofFile(path: string, given: classify.InputValues | undefined): Promise<ChosenBase> {
  const bytes = await readBytes(path);
  try {
    const network = path.toLowerCase().endsWith(".onnx")
      ? importOnnx(bytes)
      : await loadModel(bytes, { compile: false });
    const base = classify.featureBase(network);
    return {
      name: basename(path),
      source: path,
      // Files do not say what values their networks take; those of Keras's own networks go by its names.
      inputValues: given ?? (base.name.startsWith("mobilenetv2_") ? "symmetric" : "unit"),
      choices: imagesFor(base),
      open: () => Promise.resolve(base),
    };
  } catch (error) {
    if (!(error instanceof Error) || error instanceof UserError) throw error;
    throw new UserError(`${path} is no base to build on: ${error.message}`, { cause: error });
  }
}

async function ofRun(typed: string, device: Device): Promise<ChosenBase> {
  const folder = await findRun(typed).catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    throw new UserError(`--base takes cnn, mobilenetv2, a model file or a run: ${message}`, { exitCode: 2 });
  });
  const preparation = await loadPreparation(folder);
  const { name, base } =
    (await loadKind(folder)) === "classifier" ? await ofClassifier(folder) : await ofEncoder(folder, device);
  return {
    name,
    source: folder,
    inputValues: "unit",
    preparation,
    // Whatever the run was made of: arrays have images of one size, too.
    choices: { ...imagesFor(base), ...(preparation.kind === "images" && { fit: preparation.plan.fit }) },
    open: () => Promise.resolve(base),
  };
}

/** What images must be for a network; whatever they are where it takes no images. */
function imagesFor({ inputs: [input] }: Model): Pick<DataChoices, "size" | "color"> {
  const [height, width, channels, ...more] = input?.shape ?? [];
  if (height === undefined || width === undefined || channels === undefined || more.length > 0) return {};
  return { size: `${height}x${width}`, color: channels === 1 ? "grey" : channels === 4 ? "rgba" : "color" };
}

/** A network and what it is. */
interface NamedBase {
  readonly name: string;
  readonly base: Model;
}

async function ofEncoder(folder: string, device: Device): Promise<NamedBase> {
  const { model } = await loadRun(folder, { device });
  const { encoder } = model;
  if (encoder === undefined) {
    throw new UserError(`the model of ${folder} has no encoder, and so no features to build on`, { exitCode: 2 });
  }
  if (encoder.inputs.length > 1) {
    throw new UserError(`the encoder of ${folder} is conditional: it wants the class that is to be found`, {
      exitCode: 2,
    });
  }
  return { name: `encoder of ${model.family.name}`, base: featuresOf(encoder) };
}

/**
 * An encoder up to what its code is made from, which tells classes better apart than the few numbers of the code (bench/few-labels/README.md). An encoder
 * of one layer is taken whole.
 */
function featuresOf(encoder: Model): Model {
  try {
    return classify.featureBase(encoder);
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    return encoder;
  }
}

/** What a classifier goes by, on other classes. */
async function ofClassifier(folder: string): Promise<NamedBase> {
  const { classifier, record } = await loadClassifierRun(folder);
  return { name: `features of ${record.model.family}`, base: classify.featureBase(classifier.model) };
}

/** The user's choices with those that a base makes, for images; what the user gave goes before. */
export async function choicesFor(
  source: string,
  given: DataChoices,
  base: ChosenBase | undefined,
): Promise<DataChoices> {
  if (base === undefined || (await kindOf(source)).kind !== "images") return given;
  return { ...base.choices, ...given };
}
