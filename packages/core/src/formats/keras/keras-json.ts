import type { JsonValue } from "../../nn/keras-object.ts";

/** Keys of numbers that Keras refuses, or computes with as whole numbers, unless they are floating-point numbers. */
const FLOATING_POINT = ["momentum", "beta", "threshold", "learning_rate", "initial_learning_rate", "values"];

const KEYS = FLOATING_POINT.join("|");
const NUMBER = String.raw`-?\d+(?=[,}\]])`;
// Quotes within texts are escaped, so what is in quotes before a colon can only be a key.
const NUMBERS_OF_KEYS = new RegExp(String.raw`"(?:${KEYS})":(?:${NUMBER}|\[[-+.,e\d]*\])`, "gu");

/**
 * A configuration as the text of a file. JavaScript writes the number 1.0 as `1`, which Python reads as a whole number; Keras
 * mostly does not mind, but does for learning rates, SGD's momentum and the numbers of F scores.
 */
export function kerasJson(config: JsonValue): string {
  return JSON.stringify(config).replaceAll(NUMBERS_OF_KEYS, (entry) =>
    entry.replaceAll(new RegExp(String.raw`(?<=[:,[])-?\d+(?=[,\]]|$)`, "gu"), "$&.0"),
  );
}
