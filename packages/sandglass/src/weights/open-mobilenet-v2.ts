/** MobileNetV2 with trained weights: Keras's own, downloaded once, or those of the user's files. */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { applications, KerasFileError, NpyError, OnnxFileError, type Model } from "@sandglass/core";
import { defaultWeightsFolder } from "../data/cache-folder.ts";
import { download, DownloadError, type DownloadOptions } from "../data/download.ts";
import { readBytes } from "../data/read-file.ts";
import { UserError } from "../errors.ts";
import { OFFICIAL_FOLDER, officialFile } from "./official-file.ts";

export interface OpenMobileNetV2Options
  extends applications.MobileNetV2Options, Pick<DownloadOptions, "onProgress" | "signal"> {
  /**
   * `imagenet` for the weights that Keras offers, or the path of a file (`.h5`, `.weights.h5`, `.keras`, `.onnx`) or of a folder of arrays
   * (WebNN's `mobilenetv2_nhwc`). `imagenet` unless given.
   */
  readonly weights?: string;
  /** Where downloads are kept; the platform's cache folder unless given. */
  readonly cacheDir?: string | undefined;
  /** What a download must have as its SHA-256, in lower-case hexadecimal; Keras publishes none. */
  readonly sha256?: string | undefined;
  /** The folder that Keras's files are downloaded from, ending in a slash; Keras's own unless given. */
  readonly source?: string | undefined;
}

/**
 * A MobileNetV2 with trained weights.
 *
 * @throws UserError when there are no such weights, a file is missing, damaged or of another network, or the download fails.
 * @example
 * const base = await openMobileNetV2({ alpha: 0.35, inputShape: [160, 160, 3], includeTop: false, pooling: "avg" });
 */
export async function openMobileNetV2(options: OpenMobileNetV2Options = {}): Promise<Model> {
  const { weights = "imagenet", onProgress, signal, cacheDir, sha256, source, ...architecture } = options;
  if (weights === "imagenet") {
    const path = await officialPath(officialFile(architecture), { onProgress, signal, cacheDir, sha256, source });
    return load(path, architecture, `It was downloaded from Keras; delete it, and it is fetched again`);
  }
  return load(weights, architecture, "Give a file of MobileNetV2 with the same alpha");
}

async function load(path: string, options: applications.MobileNetV2Options, advice: string): Promise<Model> {
  try {
    if (await isFolder(path))
      return await applications.loadMobileNetV2Folder((name) => readBytes(join(path, name)), options);
    return await applications.loadMobileNetV2(await readBytes(path), options);
  } catch (error) {
    if (!isFault(error)) throw error;
    throw new UserError(`${path} gives no weights: ${error.message}. ${advice}`, { cause: error });
  }
}

/** Where the file lies, once it has been downloaded. */
async function officialPath(
  name: string,
  { cacheDir = defaultWeightsFolder(), sha256, source = OFFICIAL_FOLDER, ...options }: OpenMobileNetV2Options,
): Promise<string> {
  const path = join(cacheDir, name);
  const isThere = await stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
  if (isThere) return path;
  const url = `${source}${name}`;
  try {
    await download({ urls: [url], sha256 }, path, options);
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error;
    throw new UserError(
      `could not download the weights of MobileNetV2: ${error.message}\n` +
        `Without a network, fetch ${url} on another machine, and put it into ${cacheDir} or give its path as weights.`,
      { cause: error },
    );
  }
  return path;
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

function isFault(error: unknown): error is Error {
  return [applications.WeightsFileError, KerasFileError, NpyError, OnnxFileError].some((kind) => error instanceof kind);
}
