import type { tables } from "@sandglass/core";
import { UserError } from "../../errors.ts";
import { columnMeanings, type ColumnMeanings } from "../../tables/index.ts";
import type { DataChoices } from "../source-kind.ts";

/** What was chosen of columns: what their cells are read as, and what becomes of them. */
export interface ColumnChoices extends Pick<ColumnMeanings, "types" | "dayFirst"> {
  readonly choices: tables.TableChoices;
}

/**
 * Reads what the user chose of columns.
 *
 * @throws UserError when a word for a column is none, or a column is to be left out and something else as well.
 */
export function columnChoices({ types: words = {}, ignore = [], label, scaling }: DataChoices): ColumnChoices {
  const { types, dayFirst, roles } = columnMeanings(words);
  for (const name of ignore) {
    const word = words[name];
    if (name === label) throw contradiction(name, "the label", "the model does not see a label anyway");
    if (word !== undefined && word !== "ignore") throw contradiction(name, `of the type ${word}`, "it can only be one");
  }
  if (label !== undefined && roles[label] === "ignore") {
    throw contradiction(label, "the label", "the model does not see a label anyway");
  }
  return {
    types,
    dayFirst,
    choices: {
      roles: { ...Object.fromEntries(ignore.map((name) => [name, "ignore"] as const)), ...roles },
      ...(label !== undefined && { label }),
      ...(scaling !== undefined && { scaling }),
    },
  };
}

function contradiction(name: string, wish: string, why: string): UserError {
  return new UserError(`column "${name}" is to be left out, and to be ${wish}; ${why}: say one of the two`, {
    exitCode: 2,
  });
}
