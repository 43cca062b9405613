/** Samples in a grid: what a generator draws, what units respond to, a walk through the codes. */
import type { GridExhibit } from "@sandglass/core";
import { html, type Html } from "./html.ts";
import { fitZoom, PAGE_WIDTH, PHONE_WIDTH, pictureStyle, renderPicture, wantedLength } from "./picture.ts";
import { drawProfile, renderRangeOfValues, valueRange } from "./profile.ts";
import { renderRange } from "./range.ts";
import { drawPictures, requireOneEach, splitSamples } from "./samples.ts";

/**
 * Images left to right and top to bottom. Columns stay columns on a narrow screen, where neighbours mean something; a list takes
 * as many lines as it needs there.
 * Other samples are charts in as many columns as there is room for.
 *
 * @throws RangeError when there is not one caption for each sample, or no column.
 */
export async function drawGrid({
  samples,
  columns,
  captions,
  isList = captions !== undefined,
}: GridExhibit): Promise<Html> {
  const count = splitSamples(samples).length;
  if (!Number.isInteger(columns) || columns < 1) {
    throw new RangeError(`a grid has ${columns} columns; expected a whole number from 1 on`);
  }
  if (captions !== undefined) requireOneEach("captions", captions.length, "samples", count);
  const pictures = drawPictures(samples);
  const first = pictures?.[0];
  if (pictures === undefined || first === undefined) return drawProfiles(samples, captions);

  const across = Math.min(columns, count);
  const wanted = wantedLength(across);
  const zoom = {
    page: fitZoom(first, wanted, across, PAGE_WIDTH),
    phone: fitZoom(first, wanted, isList ? 1 : across, PHONE_WIDTH),
  };
  const cells = await Promise.all(
    pictures.map(async (pixels, index) => {
      const caption = captions?.[index];
      const picture = await renderPicture(pixels, caption === undefined ? `sample ${index + 1}` : "");
      return html`<div>${picture}${caption === undefined ? undefined : html`<small>${caption}</small>`}</div>`;
    }),
  );
  return html`<div class="scroll">
      <div
        class="${["grid", ...(isList ? ["list"] : []), ...(captions === undefined ? [] : ["captioned"])].join(" ")}"
        style="--columns: ${across}; ${pictureStyle(first, zoom)}"
      >
        ${cells}
      </div>
    </div>
    ${renderRange(samples.range)}`;
}

function drawProfiles(samples: GridExhibit["samples"], captions: readonly string[] | undefined): Html {
  const range = valueRange([samples.values]);
  const charts = splitSamples(samples).map((values, index) => {
    const name = captions?.[index] ?? `sample ${index + 1}`;
    return html`<div class="profile">
      ${drawProfile([{ name, values }], range)} ${captions === undefined ? undefined : html`<small>${name}</small>`}
    </div>`;
  });
  return html`${renderRangeOfValues(range)}
    <div class="profiles">${charts}</div>`;
}
