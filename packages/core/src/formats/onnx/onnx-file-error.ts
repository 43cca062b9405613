/** Says why bytes are not an ONNX model that can be read, or why a model cannot be written as one. */
export class OnnxFileError extends Error {
  override readonly name = "OnnxFileError";
}
