import type { FiguresExhibit } from "@sandglass/core";
import type { Html } from "./html.ts";
import { formatNumber } from "../text/number-format.ts";
import { renderTiles } from "./tiles.ts";

/** Figures as cards. */
export function drawFigures({ figures }: FiguresExhibit): Html {
  return renderTiles(
    figures.map(({ name, value, meaning }) => ({ title: name, value: formatNumber(value), detail: meaning })),
  );
}
