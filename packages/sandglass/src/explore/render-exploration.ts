/** The page of an exploration: what is wrong first, then what there is to see, and at the end what to do. */
import { commandText } from "../runs/command-text.ts";
import {
  html,
  renderContent,
  renderFacts,
  renderPage,
  renderTiles,
  renderWarnings,
  type Html,
} from "../report/index.ts";
import { isTableContent, renderTableContent } from "./content/index.ts";
import type { Advice, Exploration, Facts, Section, SectionPart } from "./exploration.ts";

const STYLES = new URL("explore.css", import.meta.url);

/** One HTML page that needs nothing but itself. */
export async function renderExploration(exploration: Exploration): Promise<string> {
  const { name, lead, tiles, sections, notes, advice, command } = exploration;
  const serious = advice.filter(({ weight }) => weight === "serious");
  const main = html`${renderWarnings(serious.map(({ text, reason }) => ({ title: reason, text })))}
  ${renderTiles(tiles)} ${await Promise.all(sections.map(renderSection))} ${renderNotes(notes)} ${renderAdvice(advice)}
  ${renderCommand(command)}`;
  return renderPage({ title: name, lead, main, styles: [STYLES] });
}

async function renderSection({ title, note, parts }: Section): Promise<Html> {
  return html`<section class="exhibit">
    <h2>${title}</h2>
    <p>${note}</p>
    ${await Promise.all(parts.map(renderPart))}
  </section>`;
}

async function renderPart({ caption, content }: SectionPart): Promise<Html> {
  return html`<div class="part">
    ${caption === undefined ? undefined : html`<h3>${caption}</h3>`} ${await renderPartContent(content)}
  </div>`;
}

async function renderPartContent(content: SectionPart["content"]): Promise<Html> {
  if (content.kind === "facts") return renderFactsPart(content);
  return isTableContent(content) ? renderTableContent(content) : renderContent(content);
}

function renderFactsPart({ rows, folded }: Facts): Html {
  const table = html`<div class="card">${renderFacts(rows)}</div>`;
  if (folded === undefined) return table;
  return html`<details>
    <summary>${folded}</summary>
    ${table}
  </details>`;
}

function renderNotes(notes: readonly string[]): Html | undefined {
  if (notes.length === 0) return undefined;
  return html`<section>
    <h2>How they were read</h2>
    <ul>
      ${notes.map((note) => html`<li>${sentence(note)}</li>`)}
    </ul>
  </section>`;
}

function sentence(note: string): string {
  return `${note.charAt(0).toUpperCase()}${note.slice(1)}.`;
}

function renderAdvice(advice: readonly Advice[]): Html {
  const items = advice.map(
    ({ weight, text, reason }) => html`<li class="${weight}"><strong>${reason}</strong> ${text}</li>`,
  );
  return html`<section>
    <h2>Advice</h2>
    ${
      advice.length === 0
        ? html`<p>Nothing stands out: train.</p>`
        : html`<ul class="advice">
            ${items}
          </ul>`
    }
  </section>`;
}

function renderCommand(command: Exploration["command"]): Html | undefined {
  if (command === undefined) return undefined;
  return html`<section>
    <h2>The training that fits</h2>
    <pre class="command">${commandText(command)}</pre>
  </section>`;
}
