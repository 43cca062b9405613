/** What choices of data may be, in words: all that the command line has to know of them to print its help. */

/** How samples are held back to validate with, where the set does not say. */
export const SPLIT_RULES = ["last", "random", "stratified"] as const;

/** The parts that sets come in. */
export const HALVES = ["train", "validation", "test"] as const;

export const COLORS = ["grey", "color", "rgba"] as const;

export const FITS = ["cover", "contain", "stretch"] as const;

export const SCALINGS = ["standard", "minmax", "robust", "none"] as const;

/** What divides the whole part of a number from its decimals. */
export const DECIMALS = [".", ","] as const;
