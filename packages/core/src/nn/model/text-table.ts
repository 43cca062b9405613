/** Tables of text with columns of given widths, laid out as the Python library that Keras prints with does (`rich`, 15). */

export interface TextColumn {
  readonly title: string;
  /** In characters, with the spaces beside it but without the borders; all columns are then narrowed alike to make room for those. */
  readonly width: number;
  readonly align: "left" | "right" | "center";
}

/** Spaces beside each text, and borders beside each column and one more. */
const PADDING = 2;

/** The lines of a table of `lineLength` characters. */
export function textTable(
  columns: readonly TextColumn[],
  lineLength: number,
  rows: readonly (readonly string[])[],
): string[] {
  const widths = narrow(
    columns.map(({ width }) => width + PADDING),
    lineLength - columns.length - 1,
  );
  const rule = (left: string, line: string, cross: string, right: string): string =>
    left + widths.map((width) => line.repeat(width)).join(cross) + right;
  const linesOf = (cells: readonly string[], border: string): string[] => {
    const wrapped = cells.map((cell, index) => wrap(cell, (widths[index] as number) - PADDING));
    const height = Math.max(...wrapped.map((cell) => cell.length));
    return Array.from({ length: height }, (_, line) => {
      const texts = wrapped.map((cell, index) => {
        const { align } = columns[index] as TextColumn;
        return ` ${alignText(cell[line] ?? "", (widths[index] as number) - PADDING, align)} `;
      });
      return border + texts.join(border) + border;
    });
  };
  const titles = columns.map(({ title }) => title);
  const body = rows.flatMap((row, index) => [...(index === 0 ? [] : [rule("├", "─", "┼", "┤")]), ...linesOf(row, "│")]);
  return [
    rule("┏", "━", "┳", "┓"),
    ...linesOf(titles, "┃"),
    rule("┡", "━", "╇", "┩"),
    ...body,
    rule("└", "─", "┴", "┘"),
  ];
}

/** Takes the same from each width until they fit, half characters going to even numbers: `ratio_reduce`. */
function narrow(widths: readonly number[], room: number): number[] {
  let excess = widths.reduce((sum, width) => sum + width, 0) - room;
  return widths.map((width, index) => {
    const taken = Math.min(width, roundHalfEven(excess / (widths.length - index)));
    excess -= taken;
    return width - taken;
  });
}

/** The nearest whole number, the even one of two that are as near: Python's `round`. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

/** Breaks a text before words that do not fit; words that fit on no line are cut. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const [word] of text.matchAll(/\s*\S+\s*/gu)) {
    const fits = line.length + word.trimEnd().length <= width;
    if (!fits && line !== "") {
      lines.push(line);
      line = word;
    } else line += word;
  }
  return [...lines, line].map((each) => cut(each.trimEnd(), width));
}

function cut(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text;
}

function alignText(text: string, width: number, align: TextColumn["align"]): string {
  if (align === "left") return text.padEnd(width);
  if (align === "right") return text.padStart(width);
  return text.padStart(text.length + Math.floor((width - text.length) / 2)).padEnd(width);
}
