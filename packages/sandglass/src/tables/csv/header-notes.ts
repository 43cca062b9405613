import type { Dialect } from "./dialect.ts";
import type { TextFile } from "./text-file.ts";

/** What the user should know of the names of columns: that there are none, that some are missing, or not unique. */
export function headerNotes({ path, head }: TextFile, { header, names }: Dialect): readonly string[] {
  if (!header) {
    const range = names.length === 1 ? `is called ${names[0]}` : `are called ${names[0]} to ${names.at(-1)}`;
    return [`${path} has no line with the names of its columns, which ${range}`];
  }
  return names.flatMap((name, index) => {
    // A name that the file does not say is one that was made up.
    if (head.includes(name)) return [];
    if (name.replace(/^column0*(?=\d)/, "") === String(index))
      return [`column ${index + 1} of ${path} has no name and is called ${name}`];
    const [, same] = /^(.*)_\d+$/.exec(name) ?? [];
    return same === undefined
      ? []
      : [`${path} has more than one column ${same}; column ${index + 1} is called ${name}`];
  });
}
