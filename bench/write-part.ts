/** Pages of which a program writes a part. */
import { readFile, writeFile } from "node:fs/promises";

/**
 * Puts Markdown between the comments `<!-- name -->` and `<!-- /name -->` of a page.
 *
 * @throws Error when the page has no such comments.
 */
export async function writePart(page: string, name: string, content: string): Promise<void> {
  const text = await readFile(page, "utf8");
  await writeFile(page, replacePart(text, name, content));
}

/** The text of the page with the part in it. */
export function replacePart(text: string, name: string, content: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`the page has no part between ${begin} and ${end}`);
  return `${text.slice(0, from)}${begin}\n\n${content}\n\n${text.slice(to)}`;
}
