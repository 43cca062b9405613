/** The options that a classifier's network brings along, on the command line. */
import { classify, type OptionTable } from "@sandglass/core";
import { nearestName } from "../data/nearest-name.ts";
import { flagOf } from "../text/flag-of.ts";
import { parseOptions, unknownOption, type ParsedModelOptions } from "./model-options.ts";

/** Those of the convolutional network, or of a head on a base. */
function networkOptions(base: string): OptionTable {
  return base === "cnn" ? classify.cnnOptions : classify.transferOptions;
}

/**
 * Reads the network's options among words that other options have been taken from.
 *
 * @param flags of those others, for suggestions.
 * @throws UserError for an option that there is not, with the nearest; and for a value that is none.
 */
export function parseNetworkOptions(
  base: string,
  words: readonly string[],
  flags: readonly string[],
): ParsedModelOptions {
  const table = networkOptions(base);
  return parseOptions(base === "cnn" ? base : "head", table, words, ({ code, message }) => {
    if (code !== "commander.unknownOption") return message.replace(/^error: /u, "");
    const unknown = unknownOption(message, words);
    const other = networkOptions(base === "cnn" ? "a base" : "cnn");
    const isOther = Object.keys(other).some((key) => flagOf(key) === unknown);
    if (isOther) {
      return base === "cnn"
        ? `${unknown} is for a head on a base; give one with --base`
        : `${unknown} is for --base cnn, which learns everything; a head on ${base} has no such option`;
    }
    const meant = nearestName(unknown, [...Object.keys(table).map(flagOf), ...flags]);
    const hint = meant === undefined ? "" : `; did you mean ${meant}?`;
    return `classify train has no option ${unknown}${hint}\nSee sandglass classify train --help`;
  });
}
