/** The knobs of a head on a base that has learned already. */
import type { GivenOptions } from "../../../models/options/option.ts";
import { choice, number, sizes } from "../../../models/options/option.ts";

export const transferOptions = {
  pooling: choice(["average", "max", "flatten"], {
    default: undefined,
    help: "what the head sees of maps: the mean of each, its maximum, or every number (default: average for 256 maps and more, or more than 4096 numbers)",
  }),
  units: sizes("units of the head's dense layers before the last one (default: none)"),
  dropout: number({ default: 0.2, min: 0, max: 0.9, help: "share of the features that each step leaves out" }),
};

export type TransferOptions = GivenOptions<typeof transferOptions>;
