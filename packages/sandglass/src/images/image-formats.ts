/** The formats of images that are known: by how the names of files end, and by their first bytes. */

interface Format {
  readonly name: string;
  /** Whether the program can read the format when the file is whole. */
  readonly readable: boolean;
  /** How names end that promise it, after the dot. */
  readonly extensions: readonly string[];
  /** Where its mark stands, or "anywhere" among the first bytes. */
  readonly at: number | "anywhere";
  /** Marks, as Latin-1 text, of which any will do; those that stand anywhere are in lower case. */
  readonly marks: readonly string[];
  /** What to do about files of the format, where it cannot be read. */
  readonly advice?: string;
}

/** How many bytes are looked at. */
export const HEAD_BYTES = 1024;

/** In the order in which marks are looked for: a page of HTML may hold drawings. */
const formats = [
  { name: "JPEG", readable: true, extensions: ["jpg", "jpeg", "jfif"], at: 0, marks: ["\xff\xd8\xff"] },
  { name: "PNG", readable: true, extensions: ["png"], at: 0, marks: ["\x89PNG\r\n"] },
  { name: "WebP", readable: true, extensions: ["webp"], at: 8, marks: ["WEBPVP8"] },
  { name: "GIF", readable: true, extensions: ["gif"], at: 0, marks: ["GIF87a", "GIF89a"] },
  { name: "TIFF", readable: true, extensions: ["tif", "tiff"], at: 0, marks: ["II*\0", "II+\0", "MM\0*", "MM\0+"] },
  { name: "AVIF", readable: true, extensions: ["avif"], at: 4, marks: ["ftypavif", "ftypavis"] },
  {
    name: "HEIC",
    readable: false,
    extensions: ["heic", "heif"],
    at: 4,
    marks: ["ftyphei", "ftyphev", "ftypmif1", "ftypmsf1"],
    advice: "convert the files to JPEG (phones and their photo programs export it)",
  },
  {
    name: "JPEG XL",
    readable: false,
    extensions: ["jxl"],
    at: 0,
    marks: ["\0\0\0\x0cJXL ", "\xff\x0a"],
    advice: "convert the files to PNG",
  },
  {
    name: "JPEG 2000",
    readable: false,
    extensions: ["jp2"],
    at: 0,
    marks: ["\0\0\0\x0cjP  ", "\xff\x4f\xff\x51"],
    advice: "convert the files to PNG",
  },
  { name: "BMP", readable: false, extensions: ["bmp"], at: 0, marks: ["BM"], advice: "convert the files to PNG" },
  { name: "PDF", readable: false, extensions: [], at: 0, marks: ["%PDF-"] },
  { name: "PSD", readable: false, extensions: ["psd"], at: 0, marks: ["8BPS"], advice: "export the pictures as PNG" },
  { name: "ICO", readable: false, extensions: [], at: 0, marks: ["\0\0\x01\0", "\0\0\x02\0"] },
  {
    name: "DICOM",
    readable: false,
    extensions: ["dcm"],
    at: 128,
    marks: ["DICM"],
    advice: "convert the files to 16-bit PNG or TIFF",
  },
  { name: "HTML", readable: false, extensions: [], at: "anywhere", marks: ["<!doctype html", "<html"] },
  { name: "SVG", readable: true, extensions: ["svg"], at: "anywhere", marks: ["<svg"] },
] as const satisfies readonly Format[];

/** Formats that can be read; the content says which, whatever a file's name ends in. */
export type ImageFormat = Lowercase<Extract<(typeof formats)[number], { readonly readable: true }>["name"]>;

const all: readonly Format[] = formats;
const readableNames = all.filter(({ readable }) => readable).map(({ name }) => name);

/** The formats that can be read, for messages. */
export const READABLE_FORMATS = `${readableNames.slice(0, -1).join(", ")} or ${readableNames.at(-1)}`;

/** The format that a file's first bytes belong to, or undefined. */
export function formatOfContent(head: Uint8Array): Pick<Format, "name" | "readable"> | undefined {
  const bytes = head.subarray(0, HEAD_BYTES);
  const text = Buffer.from(bytes).toString("latin1");
  const lower = text.toLowerCase();
  return all.find(({ at, marks }) =>
    marks.some((mark) => (at === "anywhere" ? lower.includes(mark) : text.startsWith(mark, at))),
  );
}

/** The format that names of files with this extension promise, or undefined. */
export function formatOfExtension(extension: string): Format | undefined {
  const ending = extension.replace(/^\./u, "").toLowerCase();
  return all.find(({ extensions }) => extensions.includes(ending));
}
