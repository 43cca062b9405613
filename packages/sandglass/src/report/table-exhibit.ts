/** Lines of cells: rows of the user's table beside what a model gives back of them. */
import type { TableExhibit, TableExhibitLine } from "@sandglass/core";
import { breakableName } from "./breakable-name.ts";
import { html, type Html } from "./html.ts";
import { requireOneEach } from "./samples.ts";

/** Longer texts are cut off; the pointer shows all of them. */
const MOST_LETTERS = 40;

/**
 * Lines that belong together have their caption beside them. Where the page is narrow the cells scroll, and the names of lines stay.
 *
 * @throws RangeError when a line has not one cell for each column.
 */
export function drawTable({ columns, groups }: TableExhibit): Html {
  for (const { cells } of groups.flatMap(({ lines }) => lines)) {
    requireOneEach("cells in a line", cells.length, "columns", columns.length);
  }
  const hasCaptions = groups.some(({ caption }) => caption !== undefined);
  const hasNames = groups.some(({ lines }) => lines.some(({ name }) => name !== undefined));
  const classes = columns.map(({ isNumber }) => (isNumber ? "number" : ""));
  return html`<div class="scroll">
    <table class="cells">
      <thead>
        <tr>
          ${hasNames ? html`<td class="name"></td>` : undefined} ${hasCaptions ? html`<td></td>` : undefined}
          ${columns.map(({ name }, column) => html`<th scope="col" class="${classes[column]}">${columnName(name)}</th>`)}
        </tr>
      </thead>
      ${groups.map(
        ({ caption, lines }) =>
          html`<tbody>
            ${lines.map(
              (line, place) =>
                html`<tr>
                  ${hasNames ? html`<th scope="row" class="name">${line.name}</th>` : undefined}
                  ${
                    hasCaptions && place === 0
                      ? html`<td class="caption" rowspan="${lines.length}">${caption}</td>`
                      : undefined
                  }
                  ${renderCells(line, classes)}
                </tr>`,
            )}
          </tbody>`,
      )}
    </table>
  </div>`;
}

function renderCells({ cells, marked = [] }: TableExhibitLine, classes: readonly string[]): Html[] {
  return cells.map((cell, column) => {
    const content = shortened(cell);
    return html`<td class="${classes[column]}">
      ${marked.includes(column) ? html`<mark>${content}</mark>` : content}
    </td>`;
  });
}

function columnName(name: string): Html | string {
  return name.length > MOST_LETTERS ? shortened(name) : breakableName(name);
}

function shortened(text: string): Html | string {
  if (text.length <= MOST_LETTERS) return text;
  return html`<span title="${text}">${text.slice(0, MOST_LETTERS - 1).trimEnd()}…</span>`;
}
