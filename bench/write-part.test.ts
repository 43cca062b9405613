import { expect, test } from "vitest";
import { replacePart } from "./write-part.ts";

test("a part of a page is replaced, and all else stays", () => {
  const page = "# Figures\n\n<!-- a -->\n\nold\n\n<!-- /a -->\n\nMore.\n<!-- b -->\n<!-- /b -->\n";
  const written = replacePart(page, "a", "| new |");
  expect(written).toBe("# Figures\n\n<!-- a -->\n\n| new |\n\n<!-- /a -->\n\nMore.\n<!-- b -->\n<!-- /b -->\n");
  expect(replacePart(written, "a", "| new |")).toBe(written);
  expect(() => replacePart(page, "c", "")).toThrow("no part between <!-- c --> and <!-- /c -->");
});
