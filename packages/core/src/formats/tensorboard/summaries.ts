/** What TensorBoard shows, each kind as the plugin that shows it wants its tensors. */
import { encodeMessage } from "../protobuf/message.ts";
import { histogramBuckets } from "./histogram.ts";
import { dataTypes, hyperparametersMessage, SUCCESS } from "./messages.ts";
import type { Summary, WrittenHyperparameters } from "./messages.ts";
import { encodePng } from "./png.ts";
import type { PixelImage } from "./png.ts";

/** Values of hyperparameters by name. */
export type Hyperparameters = Readonly<Record<string, number | string | boolean>>;

/** The dashboard shows so many images of a summary, as Keras writes them. */
const MOST_IMAGES = 3;

export function scalarSummary(tag: string, value: number): Summary {
  return summary(tag, "scalars", { dtype: dataTypes.float32, shape: {}, floats: [value] });
}

export function histogramSummary(tag: string, values: Float32Array): Summary {
  const doubles = [...histogramBuckets(values)];
  const shape = { dim: [{ size: doubles.length / 3 }, { size: 3 }] };
  return summary(tag, "histograms", { dtype: dataTypes.float64, shape, doubles });
}

/** Images of one size. */
export function imageSummary(tag: string, images: readonly PixelImage[], most: number = MOST_IMAGES): Summary {
  const [{ width, height } = { width: 0, height: 0 }] = images;
  const texts = [width, height].map((size) => new TextEncoder().encode(String(size)));
  const strings = [...texts, ...images.slice(0, most).map(encodePng)];
  const shape = { dim: [{ size: strings.length }] };
  return summary(tag, "images", { dtype: dataTypes.string, shape, strings });
}

/** The hyperparameters of a training, at its begin. */
export function sessionStartSummary(hyperparameters: Hyperparameters, startTime: number): Summary {
  const entries = Object.entries(hyperparameters).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return hyperparametersSummary("session_start_info", {
    sessionStart: {
      startTime,
      hyperparameters: entries.map(([name, value]) => ({ name, value: valueMessage(value) })),
    },
  });
}

/** The end of a training that went well. */
export function sessionEndSummary(endTime: number): Summary {
  return hyperparametersSummary("session_end_info", { sessionEnd: { status: SUCCESS, endTime } });
}

function hyperparametersSummary(name: string, data: WrittenHyperparameters): Summary {
  const content = encodeMessage(hyperparametersMessage, data);
  const empty = { dtype: dataTypes.float32, shape: { dim: [{ size: 0 }] } };
  return summary(`_hparams_/${name}`, "hparams", empty, content);
}

function valueMessage(value: number | string | boolean): { number?: number; text?: string; boolean?: number } {
  if (typeof value === "number") return { number: value };
  return typeof value === "string" ? { text: value } : { boolean: value ? 1 : 0 };
}

function summary(tag: string, pluginName: string, tensor: Summary["tensor"], content?: Uint8Array): Summary {
  return { tag, tensor, metadata: { pluginData: { pluginName, ...(content !== undefined && { content }) } } };
}
