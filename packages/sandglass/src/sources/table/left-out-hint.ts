import type { tables } from "@sandglass/core";
import { typeItem } from "../../text/column-lists.ts";
import { quotedWord } from "../../text/shell-words.ts";

/** Why columns are left out that may be wanted all the same. */
const MENDABLE: ReadonlySet<tables.LeaveOutReason> = new Set(["identifier", "text"]);

/** How columns get other roles on the command line, where some were left out that the user may want. */
export function leftOutHint({ leftOut }: tables.TablePreprocessing): readonly string[] {
  const column = leftOut.find(({ reason }) => MENDABLE.has(reason));
  return column === undefined
    ? []
    : [
        `--types gives columns the roles number, category, date or ignore, such as --types ${quotedWord(typeItem(column.name, "category"))}`,
      ];
}
