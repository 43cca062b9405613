/** How the texts of tables are written, as far as the user says it. */
import type { CsvChoices } from "../../tables/index.ts";
import type { ReadingChoices } from "../source-kind.ts";

/** What a run keeps of it, for tables that it is used on. */
export function writingOf({ delimiter, header, encoding, decimal }: ReadingChoices): ReadingChoices {
  return {
    ...(delimiter !== undefined && { delimiter }),
    ...(header !== undefined && { header }),
    ...(encoding !== undefined && { encoding }),
    ...(decimal !== undefined && { decimal }),
  };
}

/** The same for whoever reads a table, with the share of rows that may be unreadable. */
export function csvChoices(choices: ReadingChoices): CsvChoices {
  return {
    delimiter: choices.delimiter,
    header: choices.header,
    encoding: choices.encoding,
    decimal: choices.decimal,
    maxBadRows: choices.unreadable,
  };
}
