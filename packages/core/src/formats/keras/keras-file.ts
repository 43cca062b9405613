/**
 * A `.keras` file, version 3 of Keras's format: a zip of `metadata.json`, `config.json` (the model) and
 * `model.weights.h5` (the variables of its layers and its optimizer).
 */
import { strFromU8, strToU8 } from "fflate";
import type { KerasConfig } from "../../nn/keras-object.ts";
import { openZip, writeZip } from "../zip/zip-archive.ts";
import { readWeights, writeWeights } from "./hdf5-weights.ts";
import { KerasFileError } from "./keras-file-error.ts";
import { kerasJson } from "./keras-json.ts";
import { KERAS_ZIP } from "./keras-zip.ts";
import { parseJson } from "./parse-json.ts";
import type { WeightArray } from "./weight-array.ts";

const METADATA_FILE = "metadata.json";
const CONFIG_FILE = "config.json";
const WEIGHTS_FILE = "model.weights.h5";

/** What a Keras file holds, with the model still as Keras's JSON. */
export interface KerasFile {
  /** `config.json`: see `modelConfig` and `parseModelConfig`. */
  readonly config: KerasConfig;
  /** The version that wrote the file, and when. Keras itself does not read it. */
  readonly metadata: KerasConfig;
  /** Sorted by path. */
  readonly weights: readonly WeightArray[];
}

/** What to write as a Keras file. */
export interface KerasFileContent {
  readonly config: KerasConfig;
  readonly weights: readonly WeightArray[];
  /** Goes in beside, or in place of, the version of Keras whose format this is and a fixed date. */
  readonly metadata?: KerasConfig;
  /** Entries that Keras does not look at, by their names. */
  readonly extras?: Readonly<Record<string, Uint8Array>>;
}

/** The version whose files these are like, and a date that does not change from run to run. */
export const KERAS_VERSION = "3.15.1";
const METADATA: KerasConfig = { keras_version: KERAS_VERSION, date_saved: "1980-01-01@00:00:00" };

/**
 * Writes a model as a `.keras` file; the same bytes for the same content.
 *
 * @throws KerasFileError when two arrays have the same path, or when data do not fill their shape.
 */
export async function writeKerasFile({ config, weights, metadata, extras }: KerasFileContent): Promise<Uint8Array> {
  return writeZip({
    [METADATA_FILE]: strToU8(JSON.stringify({ ...METADATA, ...metadata })),
    [CONFIG_FILE]: strToU8(kerasJson(config)),
    [WEIGHTS_FILE]: await writeWeights(weights),
    ...extras,
  });
}

/**
 * Reads a `.keras` file. Nothing in it is trusted: checksums and declared sizes are checked before they are used.
 *
 * @throws KerasFileError when the file is damaged, too large, or no Keras v3 file.
 */
export async function readKerasFile(bytes: Uint8Array): Promise<KerasFile> {
  const zip = openZip(bytes, KERAS_ZIP);
  if (!zip.names.includes(CONFIG_FILE) || !zip.names.includes(WEIGHTS_FILE)) {
    throw new KerasFileError(
      `the zip is no Keras v3 model: expected ${CONFIG_FILE} and ${WEIGHTS_FILE}; it has ${zip.names.join(", ")}`,
    );
  }
  return {
    config: parseObject(CONFIG_FILE, zip.read(CONFIG_FILE)),
    metadata: zip.names.includes(METADATA_FILE) ? parseObject(METADATA_FILE, zip.read(METADATA_FILE)) : {},
    weights: await readWeights(zip.read(WEIGHTS_FILE)),
  };
}

/**
 * The weights of a `.keras` file alone.
 *
 * @throws KerasFileError when the file is damaged, too large, or no Keras v3 file.
 */
export async function readKerasWeights(bytes: Uint8Array): Promise<readonly WeightArray[]> {
  return readWeights(openZip(bytes, KERAS_ZIP).read(WEIGHTS_FILE));
}

/**
 * An entry that Keras does not look at; undefined where there is none of that name.
 *
 * @throws KerasFileError when the file is damaged, or no zip.
 */
export function readExtra(bytes: Uint8Array, name: string): Uint8Array | undefined {
  const zip = openZip(bytes, KERAS_ZIP);
  return zip.names.includes(name) ? zip.read(name) : undefined;
}

function parseObject(name: string, bytes: Uint8Array): KerasConfig {
  const value = parseJson(name, strFromU8(bytes));
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as KerasConfig;
  throw new KerasFileError(`${name} must hold a JSON object; it holds ${JSON.stringify(value).slice(0, 60)}`);
}
