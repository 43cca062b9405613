/**
 * FNV-1a, 32 bits, of the UTF-8 bytes of a text (Fowler, Noll, Vo; RFC 9923): h ← (h xor byte) · 16777619, from 2166136261 on.
 * Saved models rely on it: a category must fall into the same bucket everywhere and for ever.
 *
 * @returns a whole number from 0 to 2³² − 1. A surrogate without its other half counts as U+FFFD, as in `TextEncoder`.
 */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    const point = codePoint(text, at);
    if (point > 0xffff) at++;
    if (point < 0x80) {
      hash = mix(hash, point);
      continue;
    }
    if (point < 0x800) {
      hash = mix(hash, 0xc0 | (point >> 6));
    } else {
      if (point < 0x10000) {
        hash = mix(hash, 0xe0 | (point >> 12));
      } else {
        hash = mix(hash, 0xf0 | (point >> 18));
        hash = mix(hash, 0x80 | ((point >> 12) & 63));
      }
      hash = mix(hash, 0x80 | ((point >> 6) & 63));
    }
    hash = mix(hash, 0x80 | (point & 63));
  }
  return hash >>> 0;
}

function mix(hash: number, byte: number): number {
  return Math.imul(hash ^ byte, 0x01000193);
}

function codePoint(text: string, at: number): number {
  const point = text.codePointAt(at) as number;
  return point >= 0xd800 && point <= 0xdfff ? 0xfffd : point;
}
