import type { JsonValue } from "../../nn/keras-object.ts";

/**
 * A configuration as the text of a file. JavaScript writes the number 1.0 as `1`, which Python reads as a whole number; Keras
 * mostly does not mind, but refuses SGD's momentum then.
 */
export function kerasJson(config: JsonValue): string {
  // Quotes within texts are escaped, so this can only be a key.
  return JSON.stringify(config).replaceAll(/"momentum":(-?\d+)(?=[,}])/gu, '"momentum":$1.0');
}
