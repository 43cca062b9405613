/** Says why bytes are not a Keras file that can be read, or why a model cannot be written as one. */
export class KerasFileError extends Error {
  override readonly name = "KerasFileError";
}
