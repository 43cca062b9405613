/** JSON of files that nobody vouches for. */

/** Parsed, a text may take fifty times its room. The largest models that Keras brings along have 2 MB. */
const MAX_CHARACTERS = 16 * 2 ** 20;
/** Deeper than models within models of any use; shallow enough for every walk over it. */
const MAX_DEPTH = 400;

/** Says what is wrong with a text, as the rest of a sentence: "is nested over 400 deep". */
export class UntrustedJsonError extends Error {
  override readonly name = "UntrustedJsonError";
}

/**
 * The value of a text.
 *
 * @throws UntrustedJsonError when it is no JSON, or large or deep beyond all use.
 */
export function parseUntrustedJson(text: string): unknown {
  if (text.length > MAX_CHARACTERS) {
    throw new UntrustedJsonError(`has ${text.length} characters; up to ${MAX_CHARACTERS} can be read`);
  }
  checkDepth(text);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UntrustedJsonError(`is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function checkDepth(text: string): void {
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
    if (depth > MAX_DEPTH) throw new UntrustedJsonError(`is nested over ${MAX_DEPTH} deep`);
  }
}
