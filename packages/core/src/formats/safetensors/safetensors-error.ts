/** Says why bytes are not a safetensors file that can be read, or why tensors do not fit a model or a file. */
export class SafetensorsError extends Error {
  override readonly name = "SafetensorsError";
}
