/** Formats by the first bytes of a file, to say in plain words what could not be read. */

interface Format {
  readonly name: string;
  /** Whether the program can read the format when the file is whole. */
  readonly readable: boolean;
  /** Where its mark stands, or "anywhere" among the first bytes. */
  readonly at: number | "anywhere";
  /** Marks, as Latin-1 text, of which any will do; those that stand anywhere are in lower case. */
  readonly marks: readonly string[];
}

/** How many bytes are looked at. */
export const HEAD_BYTES = 1024;

/** The formats that can be read, for messages. */
export const READABLE_FORMATS = "JPEG, PNG, WebP, GIF, TIFF, AVIF and SVG";

const formats: readonly Format[] = [
  { name: "JPEG", readable: true, at: 0, marks: ["\xff\xd8\xff"] },
  { name: "PNG", readable: true, at: 0, marks: ["\x89PNG\r\n"] },
  { name: "WebP", readable: true, at: 8, marks: ["WEBPVP8"] },
  { name: "GIF", readable: true, at: 0, marks: ["GIF87a", "GIF89a"] },
  { name: "TIFF", readable: true, at: 0, marks: ["II*\0", "II+\0", "MM\0*", "MM\0+"] },
  { name: "AVIF", readable: true, at: 4, marks: ["ftypavif", "ftypavis"] },
  { name: "HEIC", readable: false, at: 4, marks: ["ftyphei", "ftyphev", "ftypmif1", "ftypmsf1"] },
  { name: "JPEG XL", readable: false, at: 0, marks: ["\0\0\0\x0cJXL ", "\xff\x0a"] },
  { name: "JPEG 2000", readable: false, at: 0, marks: ["\0\0\0\x0cjP  ", "\xff\x4f\xff\x51"] },
  { name: "BMP", readable: false, at: 0, marks: ["BM"] },
  { name: "PDF", readable: false, at: 0, marks: ["%PDF-"] },
  { name: "Photoshop", readable: false, at: 0, marks: ["8BPS"] },
  { name: "ICO", readable: false, at: 0, marks: ["\0\0\x01\0", "\0\0\x02\0"] },
  { name: "DICOM", readable: false, at: 128, marks: ["DICM"] },
  { name: "HTML", readable: false, at: "anywhere", marks: ["<!doctype html", "<html"] },
  { name: "SVG", readable: true, at: "anywhere", marks: ["<svg"] },
];

/** The format that a file's first bytes belong to, or undefined. */
export function formatOf(head: Uint8Array): Format | undefined {
  const bytes = head.subarray(0, HEAD_BYTES);
  const text = Buffer.from(bytes).toString("latin1");
  const lower = text.toLowerCase();
  return formats.find(({ at, marks }) =>
    marks.some((mark) => (at === "anywhere" ? lower.includes(mark) : text.startsWith(mark, at))),
  );
}
