import type { GridExhibit, TableExhibit } from "@sandglass/core";
import { formatBriefly } from "../text/number-format.ts";
import { splitSamples } from "./samples.ts";

/** Weights that are at least this share of a line's largest stand out. */
const LARGE = 0.5;

/**
 * Weights of features as cells, a line for each unit: those of the features that weigh most with any unit.
 *
 * @param most how many features are shown.
 */
export function weightCells({ samples, captions }: GridExhibit, names: readonly string[], most: number): TableExhibit {
  const units = splitSamples(samples);
  const weightOf = (feature: number): number =>
    units.reduce((largest, weights) => Math.max(largest, Math.abs(weights[feature] as number)), 0);
  const shown = Array.from(names.keys())
    .toSorted((a, b) => weightOf(b) - weightOf(a))
    .slice(0, most)
    .toSorted((a, b) => a - b);
  return {
    kind: "table",
    columns: shown.map((feature) => ({ name: names[feature] as string, isNumber: true })),
    groups: [
      {
        lines: units.map((weights, unit) => {
          const own = shown.map((feature) => weights[feature] as number);
          const large = LARGE * weights.reduce((largest, weight) => Math.max(largest, Math.abs(weight)), 0);
          return {
            name: captions?.[unit] ?? String(unit + 1),
            cells: own.map(formatBriefly),
            marked: [...own.keys()].filter((place) => large > 0 && Math.abs(own[place] as number) >= large),
          };
        }),
      },
    ],
  };
}
