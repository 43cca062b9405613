/** What whoever opens the page must not overlook, above everything else. */
import type { Warning } from "@sandglass/core";
import { hasLearnedNothing, type RunRecord, type RunState } from "../runs/run-record.ts";
import { Html, html } from "./html.ts";

/** A training that ended otherwise than planned says so at the top. */
const NOTICES: Readonly<Record<RunState, string | undefined>> = {
  running: undefined,
  finished: undefined,
  "stopped early": "Training stopped early: it no longer got better.",
  interrupted: "Training was interrupted. “sandglass resume” goes on with it.",
  diverged: "Training diverged. The model has its last good weights.",
};

const NOTHING_LEARNED =
  "Training diverged in its first epoch: the model has learned nothing, and there is nothing to see of it.";

/** How the training ended, where that was not as planned. */
export function renderNotice({ state, result }: RunRecord): Html | undefined {
  const notice = hasLearnedNothing({ state, result }) ? NOTHING_LEARNED : NOTICES[state];
  if (notice === undefined) return undefined;
  return html`<p class="notice ${state === "diverged" ? "bad" : ""}">
    <strong>${notice}</strong> ${result.note === undefined ? "" : sentence(result.note)}
  </p>`;
}

/** Each warning with its sign. */
export function renderWarnings(warnings: readonly Warning[]): Html[] {
  return warnings.map(
    ({ title, text }) =>
      html`<aside class="warning" role="alert">
        ${SIGN}
        <div>
          <strong>${title}</strong>
          <p>${text}</p>
        </div>
      </aside>`,
  );
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith(".") ? "" : "."}`;
}

const SIGN = new Html(
  '<svg viewBox="0 0 24 24" width="28" height="28" aria-hidden="true"><path d="M12 2.8 22.4 21H1.6z" fill="currentColor" ' +
    'stroke="currentColor" stroke-width="2" stroke-linejoin="round"/>' +
    '<path class="mark" d="M12 9v6M12 18v.1" fill="none" stroke-width="2.2" stroke-linecap="round"/></svg>',
);
