import { range } from "../tile.ts";

/** That a position along a row meets a column of the image under one of its taps. */
export interface Use {
  readonly position: number;
  readonly tap: number;
}

/** For each column that neighbouring positions meet, from left to right, which of them do and under which tap. */
export function usesByColumn(
  positions: number,
  numTaps: number,
  columnOf: (position: number, tap: number) => number,
): [column: number, uses: Use[]][] {
  const uses = new Map<number, Use[]>();
  for (const position of range(positions)) {
    for (const tap of range(numTaps)) {
      const column = columnOf(position, tap);
      uses.set(column, [...(uses.get(column) ?? []), { position, tap }]);
    }
  }
  return [...uses].toSorted(([a], [b]) => a - b);
}
