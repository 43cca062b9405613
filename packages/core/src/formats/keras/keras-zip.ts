import type { ZipRules } from "../zip/zip-rules.ts";
import { KerasFileError } from "./keras-file-error.ts";

/** The zip around a Keras file. */
export const KERAS_ZIP: ZipRules = {
  error: (message) => new KerasFileError(message),
  expected: "which a .keras file is; an older model (.h5, SavedModel) can be saved as .keras by Keras 3",
  content: "weights",
  // Keras stores without compression; whoever compressed a file again reaches no ratio like this with that many weights.
  maxExpansion: 8,
  freeBytes: 64 * 2 ** 20,
};
