/** How wide texts are. No font is at hand where SVG is written, so they are set to the width that is reckoned here. */

/**
 * Widths of Helvetica's characters in thousandths of the font's size, from the space on (Adobe Font Metrics, Helvetica 2.0).
 */
// prettier-ignore
const HELVETICA = [
  278, 278, 355, 556, 556, 889, 667, 222, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556,
  556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
  667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 222, 556, 556, 500, 556, 556, 278, 556,
  556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
const FIRST = 32;
/** Letters of other alphabets are at most about as wide as they are high. */
const OTHER = 1000;
/** Bold letters are wider, and so are those of the fonts that stand in for Helvetica. */
const ALLOWANCE = { normal: 1.06, bold: 1.14 } as const;

/** The width of a text in pixels, rounded up. */
export function textWidth(text: string, fontSize: number, weight: "normal" | "bold" = "normal"): number {
  let thousandths = 0;
  for (const character of text) thousandths += HELVETICA[(character.codePointAt(0) ?? 0) - FIRST] ?? OTHER;
  return Math.ceil((thousandths / 1000) * fontSize * ALLOWANCE[weight]);
}
