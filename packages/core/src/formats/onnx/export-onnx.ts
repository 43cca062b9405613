import type { Model } from "../../nn/model/model.ts";
import { UniqueNames } from "../../nn/unique-names.ts";
import { encodeModel, writtenOpsets } from "./encode-model.ts";
import { writeGraph } from "./export/write-graph.ts";
import { OnnxFileError } from "./onnx-file-error.ts";
import { simplifyGraph } from "./simplify/simplify.ts";

export interface ExportOnnxOptions {
  /** The version of ONNX's operators, 13 to 24; 18 unless given. Newer ones have more operators, older ones more readers. */
  readonly opset?: number;
}

/** Since 2022; ONNX Runtime reads it from version 1.14 on. */
const DEFAULT_OPSET = 18;

/** A file of Protocol Buffers cannot be larger. */
const MAX_FILE_BYTES = 2 ** 31 - 1;

/**
 * The model as the bytes of an ONNX file: as it predicts, for batches of any size, of standard operators only. Inputs and
 * outputs are called as their layers, and have the axes of the model: images are [batch, height, width, channels].
 *
 * @throws OnnxFileError when the model holds what ONNX has no operator for; it names the layer.
 * @throws GraphError when the model's shapes are not known yet.
 * @throws RangeError when the version of the operators cannot be written.
 * @example
 * await writeFile("autoencoder.onnx", exportOnnx(autoencoder));
 */
export function exportOnnx(model: Model, { opset = DEFAULT_OPSET }: ExportOnnxOptions = {}): Uint8Array {
  if (!writtenOpsets.includes(opset)) {
    const [first, last] = [writtenOpsets[0], writtenOpsets.at(-1)];
    throw new RangeError(`opset must be a whole number from ${first} to ${last}; ${opset} came`);
  }
  const names = new UniqueNames();
  for (const { layer } of model.inputs) names.take(layer.name);
  const outputNames = model.outputs.map(({ layer }) => names.take(layer.name));
  const bytes = encodeModel(simplifyGraph(writeGraph(model, opset), outputNames));
  if (bytes.length <= MAX_FILE_BYTES) return bytes;
  throw new OnnxFileError(
    `model "${model.name}" takes ${bytes.length} bytes, and an ONNX file holds at most ${MAX_FILE_BYTES}`,
  );
}
