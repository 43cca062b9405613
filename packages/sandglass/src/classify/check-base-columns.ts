import { UserError } from "../errors.ts";
import type { Preparation } from "../sources/index.ts";
import { someNames } from "../text/some-names.ts";
import type { ChosenBase } from "./choose-base.ts";

/**
 * Makes sure that a base which learned from the columns of a table gets the same features. They are scaled, and categories are ordered, by the rows of
 * each training, so that those of another table would have the right number and mean something else.
 *
 * @throws UserError when columns became features otherwise.
 */
export function checkBaseColumns(base: ChosenBase | undefined, preparation: Preparation): void {
  const learned = base?.preparation;
  if (base === undefined || learned === undefined) return;
  const [own, given] = [columnsOf(learned), columnsOf(preparation)];
  if (JSON.stringify(own) === JSON.stringify(given)) return;
  throw new UserError(
    `${base.name} (${base.source}) learned from ${describe(own)}; ${describe(given)} came, prepared otherwise, so that its features would mean something ` +
      "else. Train it on the same table, with the same --label, --validation, --seed and options of columns",
    { exitCode: 2 },
  );
}

type Columns = NonNullable<Extract<Preparation, { kind: "table" }>["preprocessing"]>["columns"];

function columnsOf(preparation: Preparation): Columns | undefined {
  return preparation.kind === "images" ? undefined : preparation.preprocessing?.columns;
}

function describe(columns: Columns | undefined): string {
  return columns === undefined ? "samples without columns" : `columns ${someNames(columns.map(({ name }) => name))}`;
}
