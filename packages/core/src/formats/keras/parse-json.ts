/** JSON of a file that is not trusted. */
import type { JsonValue } from "../../nn/keras-object.ts";
import { parseUntrustedJson, UntrustedJsonError } from "../untrusted-json.ts";
import { KerasFileError } from "./keras-file-error.ts";

/**
 * The value of a text.
 *
 * @param what names the text in errors.
 * @throws KerasFileError when it is no JSON, or large or deep beyond all use.
 */
export function parseJson(what: string, text: string): JsonValue {
  try {
    return parseUntrustedJson(text) as JsonValue;
  } catch (error) {
    if (!(error instanceof UntrustedJsonError)) throw error;
    throw new KerasFileError(`${what} ${error.message}`, { cause: error });
  }
}
