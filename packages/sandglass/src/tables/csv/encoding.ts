/** How a text file writes its characters. Files do not say it, so it is seen from their first bytes. */

/** The names that `TextDecoder` knows them by. */
export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

const LINE_END = 0x0a;
const UTF16_SHARE = 0.3;

/**
 * The encoding of a text that begins with these bytes; undefined when they are no text. By its byte order mark, by the zeros between Latin letters
 * in UTF-16, or by whether the bytes are valid UTF-8. All else is taken for Windows-1252, of which Latin-1 is a part.
 *
 * @param isWhole whether the text ends with them, too.
 */
export function detectEncoding(bytes: Uint8Array, isWhole: boolean): Encoding | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  const zeros = [0, 0];
  bytes.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  if (even + odd > 0) {
    const half = bytes.length / 2;
    if (odd > UTF16_SHARE * half && even < odd / 10) return "utf-16le";
    if (even > UTF16_SHARE * half && odd < even / 10) return "utf-16be";
    return undefined;
  }
  // The head of a longer text may end within a character, but not at the end of a line.
  const end = isWhole ? bytes.length : bytes.lastIndexOf(LINE_END) + 1;
  return isUtf8(bytes.subarray(0, end)) ? "utf-8" : "windows-1252";
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
