/** JSON of a file that is not trusted. */
import type { JsonValue } from "../../nn/keras-object.ts";
import { KerasFileError } from "./keras-file-error.ts";

/** Parsed, a text may take fifty times its room. The largest models that Keras brings along have 2 MB. */
const MAX_CHARACTERS = 16 * 2 ** 20;
/** Deeper than models within models of any use; shallow enough for every walk over it. */
const MAX_DEPTH = 400;

/**
 * The value of a text.
 *
 * @param what names the text in errors.
 * @throws KerasFileError when it is no JSON, or large or deep beyond all use.
 */
export function parseJson(what: string, text: string): JsonValue {
  if (text.length > MAX_CHARACTERS) {
    throw new KerasFileError(`${what} has ${text.length} characters; up to ${MAX_CHARACTERS} can be read`);
  }
  checkDepth(what, text);
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    throw new KerasFileError(`${what} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function checkDepth(what: string, text: string): void {
  let depth = 0;
  let isInText = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (isInText) {
      if (character === "\\") at++;
      else if (character === '"') isInText = false;
    } else if (character === '"') isInText = true;
    else if (character === "[" || character === "{") depth++;
    else if (character === "]" || character === "}") depth--;
    if (depth > MAX_DEPTH) throw new KerasFileError(`${what} is nested over ${MAX_DEPTH} deep`);
  }
}
