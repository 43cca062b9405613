/** What a reader of zip files demands of them, and how it says that one does not comply. */
export interface ZipRules {
  /** The error to throw, of the format that is wrapped in a zip. */
  error(message: string): Error;
  /** The end of a sentence about bytes that are no zip file: "which a .keras file is". */
  readonly expected: string;
  /** What the entries hold: "weights". */
  readonly content: string;
  /**
   * An entry, or all together, of more bytes than `freeBytes` may not have more than so many times the bytes that are stored: what
   * expands by more is made to exhaust memory.
   */
  readonly maxExpansion: number;
  readonly freeBytes: number;
}
