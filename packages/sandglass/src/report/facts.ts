import { html, type Html } from "./html.ts";

/** A name and a value. */
export type Fact = readonly [name: string, value: string];

/** Facts one below the other; what is too wide is scrolled. */
export function renderFacts(facts: readonly Fact[]): Html {
  return html`<div class="scroll">
    <table class="facts">
      ${facts.map(
        ([name, value]) =>
          html`<tr>
            <th scope="row">${name}</th>
            <td>${value}</td>
          </tr>`,
      )}
    </table>
  </div>`;
}
