/** Pieces of a page, and pictures in it, for tests to look at. */
import { parseHTML } from "linkedom";
import sharp from "sharp";
import type { Html } from "../html.ts";

export function parse(piece: Html): HTMLElement {
  return parseHTML(`<!doctype html><html><body>${piece.text}</body></html>`).document.body;
}

/** The texts of all elements that match, with their white space made one. */
export function texts(root: ParentNode, selector: string): string[] {
  return [...root.querySelectorAll(selector)].map((element) => element.textContent.replaceAll(/\s+/gu, " ").trim());
}

/** The bytes of an embedded PNG. */
export async function pixelsOf(image: Element): Promise<number[]> {
  const [type = "", base64 = ""] = (image.getAttribute("src") ?? "").split(",");
  if (type !== "data:image/png;base64") throw new Error(`the source of a picture begins with ${type}`);
  const file = sharp(Buffer.from(base64, "base64"));
  const { channels } = await file.metadata();
  return [
    ...(await file
      .toColourspace(channels === 1 ? "b-w" : "srgb")
      .raw()
      .toBuffer()),
  ];
}
