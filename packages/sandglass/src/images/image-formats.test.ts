import { expect, test } from "vitest";
import { formatOfContent, formatOfExtension, READABLE_FORMATS } from "./image-formats.ts";

function bytes(text: string): Uint8Array {
  return Buffer.from(text, "latin1");
}

test("formats are told by the first bytes, whatever names say", () => {
  expect(formatOfContent(bytes("\xff\xd8\xff\xe0"))).toMatchObject({ name: "JPEG", readable: true });
  expect(formatOfContent(bytes("RIFF\0\0\0\0WEBPVP8 "))).toMatchObject({ name: "WebP", readable: true });
  expect(formatOfContent(bytes("\0\0\0\x1cftypheic"))).toMatchObject({ name: "HEIC", readable: false });
  expect(formatOfContent(bytes("<?xml version='1.0'?>\n<SVG width='1'>"))).toMatchObject({ name: "SVG" });
  expect(formatOfContent(bytes("just a text"))).toBeUndefined();
});

test("a page with drawings in it is a page", () => {
  expect(formatOfContent(bytes("<!DOCTYPE html><body><svg></svg>"))).toMatchObject({ name: "HTML", readable: false });
});

test("formats are told by how names end, in either case", () => {
  expect(formatOfExtension(".JPG")).toMatchObject({ name: "JPEG", readable: true });
  expect(formatOfExtension("tif")).toMatchObject({ name: "TIFF", readable: true });
  expect(formatOfExtension(".dcm")).toMatchObject({ name: "DICOM", readable: false });
  expect(formatOfExtension(".csv")).toBeUndefined();
  expect(formatOfExtension("")).toBeUndefined();
});

test("messages name the formats that can be read", () => {
  expect(READABLE_FORMATS).toBe("JPEG, PNG, WebP, GIF, TIFF, AVIF or SVG");
});
