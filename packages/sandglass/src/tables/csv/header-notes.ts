import { tables } from "@sandglass/core";
import type { Dialect } from "./dialect.ts";
import type { TextFile } from "./text-file.ts";

/** What the user should know of the names of columns: that there are none, that some are missing, or not unique. */
export function headerNotes({ path, head }: TextFile, { header, names }: Dialect): readonly string[] {
  if (!header) {
    const range = names.length === 1 ? `is called ${names[0]}` : `are called ${names[0]} to ${names.at(-1)}`;
    return [`${path} has no line with the names of its columns, which ${range}`];
  }
  const notes = names.flatMap((name, index): HeaderNote[] => {
    // A name that the file does not say is one that was made up.
    if (head.includes(name)) return [];
    const detail = `column ${index + 1}`;
    if (name.replace(/^column0*(?=\d)/, "") === String(index)) {
      return [
        { kind: "nameless", column: name, detail, text: `${detail} of ${path} has no name and is called ${name}` },
      ];
    }
    const [, same] = /^(.*)_\d+$/.exec(name) ?? [];
    if (same === undefined) return [];
    const text = `${path} has more than one column ${same}; ${detail} is called ${name}`;
    return [{ kind: "repeated", column: name, detail, text }];
  });
  return tables.joinNotes(notes, {
    nameless: (columns) => `${path} has columns without a name, which are called by their places: ${columns}`,
    repeated: (columns) => `${path} has several columns of one name, of which the later ones have numbers: ${columns}`,
  });
}

type HeaderNote = tables.ColumnNote<"nameless" | "repeated">;
