import type { ImageEntry } from "./image-collection.ts";
import { extensionOf, withoutExtension } from "./file-names.ts";
import { count } from "./wording.ts";

/** Images that differ from others in nothing but the extension are often no images to learn from, but masks of them. */
export function partnersNote(entries: ReadonlyArray<Pick<ImageEntry, "name">>): string[] {
  const groups = Map.groupBy(entries, ({ name }) => withoutExtension(name));
  const withPartner = [...groups.values()].filter((group) => group.length > 1);
  const [example] = withPartner;
  if (example === undefined) return [];
  const [first, ...others] = example.map(({ name }) => name);
  const extensions = others.map((name) => extensionOf(name)).join(" and ");
  return [
    `${count(withPartner.length, "image")} having others of the same name beside them (${first} and ${extensions}): ` +
      `if these are masks, take only the images, with a pattern such as "**/*${extensionOf(first ?? "")}"`,
  ];
}
