/**
 * Names of columns as options take them: divided by commas, and in double quotes where a comma or a blank at an end belongs to the name, as
 * in CSV: `zip,"weight, kg"`. Within quotes, two of them are one.
 */

/**
 * The names of a list; blanks around them are none of theirs.
 *
 * @throws RangeError when a quote is not closed, or has something behind it.
 * @example
 * parseColumnList('zip, "weight, kg"'); // ["zip", "weight, kg"]
 */
export function parseColumnList(text: string): readonly string[] {
  return itemsOf(text).map(({ name, rest }) => {
    if (rest !== "") throw new RangeError(`Expected a comma behind "${name}"; ${rest} came.`);
    return name;
  });
}

/**
 * What columns are, by their names. The last equals sign divides a name from what the column is.
 *
 * @throws RangeError when a quote is not closed, or a column has no type.
 * @example
 * parseColumnTypes('zip=category,"weight, kg"=number'); // { zip: "category", "weight, kg": "number" }
 */
export function parseColumnTypes(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    itemsOf(text).map(({ name, rest, isQuoted }) => {
      const item = isQuoted ? rest : name;
      const at = item.lastIndexOf("=");
      if (isQuoted ? at !== 0 : at < 1) {
        throw new RangeError(
          `Expected column=type, such as zip=category; "${isQuoted ? `"${name}"${rest}` : name}" came.`,
        );
      }
      return [isQuoted ? name : item.slice(0, at).trim(), item.slice(at + 1).trim()];
    }),
  );
}

/** A name as an item of a list: in quotes where it would not be read as it is. */
export function columnItem(name: string): string {
  const isPlain = name !== "" && name.trim() === name && !name.includes(",") && !name.startsWith('"');
  return isPlain ? name : `"${name.replaceAll('"', '""')}"`;
}

/** `zip=category`, as `parseColumnTypes` reads it. */
export function typeItem(name: string, type: string): string {
  return `${columnItem(name)}=${type}`;
}

interface Item {
  readonly name: string;
  /** What stands behind the closing quote; empty where there is none. */
  readonly rest: string;
  readonly isQuoted: boolean;
}

const ITEM = /\s*(?:"(?<quoted>(?:[^"]|"")*)"(?<rest>[^,]*)|(?<plain>[^,]*))(?:,|$)/uy;

function itemsOf(text: string): Item[] {
  const items: Item[] = [];
  ITEM.lastIndex = 0;
  while (ITEM.lastIndex < text.length) {
    const { quoted, rest = "", plain = "" } = ITEM.exec(text)?.groups ?? {};
    if (quoted !== undefined) items.push({ name: quoted.replaceAll('""', '"'), rest: rest.trim(), isQuoted: true });
    else if (plain.startsWith('"')) throw new RangeError(`Expected a second quote that ends ${plain.trim()}.`);
    else if (plain.trim() !== "") items.push({ name: plain.trim(), rest: "", isQuoted: false });
  }
  return items;
}
