/** Rows of samples, one below the other: originals, noisy, restored. */
import type { RowsExhibit } from "@sandglass/core";
import type { Pixels } from "../images/index.ts";
import { html, type Html } from "./html.ts";
import { fitZoom, PAGE_WIDTH, PHONE_WIDTH, pictureSize, pictureStyle, renderPicture, wantedLength } from "./picture.ts";
import { drawProfile, renderSeriesNames, valueRange } from "./profile.ts";
import { renderRange } from "./range.ts";
import { drawPictures, requireOneEach, splitSamples } from "./samples.ts";

/** Between two columns. */
const GAP = 6;
/** The room for the names of rows beside them. */
const NAMES_WIDTH = 115;

/**
 * Images as columns of pictures, which have a line of their own for each row while there is room; other samples as small charts.
 *
 * @throws RangeError when rows have samples of different shapes, or different numbers of them.
 */
export async function drawRows({ rows, captions }: RowsExhibit): Promise<Html> {
  requireOneShape(rows);
  const counts = rows.map((row) => splitSamples(row).length);
  const columns = counts[0] ?? 0;
  for (const count of counts) requireOneEach("samples in a row", count, "columns", columns);
  if (captions !== undefined) requireOneEach("captions", captions.length, "columns", columns);
  const names = rows.map(({ name }) => name);
  const pictures = rows.map(drawPictures);
  const first = pictures[0]?.[0];
  if (first === undefined || !pictures.every((row) => row !== undefined)) return drawProfiles(rows, captions);

  const zoom = fitZoom(first, wantedLength(columns), 1, PHONE_WIDTH);
  const { width } = pictureSize(first);
  const fits = NAMES_WIDTH + columns * (width * zoom + GAP) <= PAGE_WIDTH;
  const stacks = await Promise.all(
    Array.from({ length: columns }, async (_, column) => renderStack(pictures, names, column, captions?.[column])),
  );
  return html`<div class="rows ${fits ? "" : "wrapped"}" style="${pictureStyle(first, { page: zoom, phone: zoom })}">
      <div class="row-names">${names.map((name) => html`<span>${name}</span>`)}</div>
      ${stacks}
    </div>
    ${rows.map(({ name, range }) => renderRange(range, name))}`;
}

function requireOneShape(rows: RowsExhibit["rows"]): void {
  const shapes = [...new Set(rows.map(({ shape }) => `[${shape.join(", ")}]`))];
  if (shapes.length > 1) {
    throw new RangeError(
      `an exhibit has rows of samples of shapes ${shapes.join(" and ")}; expected one shape: ` +
        "make an exhibit of its own of what has another",
    );
  }
}

async function renderStack(
  pictures: readonly (readonly Pixels[])[],
  names: readonly string[],
  column: number,
  caption: string | undefined,
): Promise<Html> {
  const stack = pictures.flatMap((row) => row[column] ?? []);
  const images = await Promise.all(stack.map((pixels, row) => renderPicture(pixels, `${names[row]} ${column + 1}`)));
  return html`<div class="stack">
    <div class="pictures">${images}</div>
    ${caption === undefined ? undefined : html`<small>${caption}</small>`}
  </div>`;
}

/** A chart for each column of samples, all to the same scale. */
function drawProfiles(rows: RowsExhibit["rows"], captions: readonly string[] | undefined): Html {
  const range = valueRange(rows.map(({ values }) => values));
  const series = rows.map(splitSamples);
  const charts = (series[0] ?? []).map((_, column) => {
    const values = rows.map(({ name }, row) => ({ name, values: series[row]?.[column] ?? new Float32Array() }));
    return html`<div class="profile">
      ${drawProfile(values, range)} ${captions === undefined ? undefined : html`<small>${captions[column]}</small>`}
    </div>`;
  });
  return html`${renderSeriesNames(
      rows.map(({ name }) => name),
      range,
    )}
    <div class="profiles">${charts}</div>`;
}
