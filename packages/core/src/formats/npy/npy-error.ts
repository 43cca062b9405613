/** Says why bytes are not an array of NumPy's that can be read, or why values cannot be written as one. */
export class NpyError extends Error {
  override readonly name = "NpyError";
}
