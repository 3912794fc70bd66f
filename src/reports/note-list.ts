import { withDisplay } from "../table/index.js";
import { html } from "../text/index.js";

/** Sentences that a notebook shows as a list. */
export interface NoteList {
  readonly notes: readonly string[];
}

/**
 * Wraps sentences so that a notebook shows them as a list whose lines break between words, in the font of its text. In a
 * terminal each is a line with a dash.
 *
 * @example
 * noteList(["Champions bring 27.3% of the revenue."]).notes.length; // 1
 */
export function noteList(notes: readonly string[]): NoteList {
  return withDisplay({ notes }, () => ({
    "text/html":
      html`<ul style="max-width: 48em; line-height: 1.5; margin: 0.3em 0; padding-left: 1.4em; font-family: var(--jp-content-font-family, sans-serif)">${notes.map((note) => html`<li style="margin: 0.3em 0">${note}</li>`)}</ul>`
        .source,
    "text/plain": notes.map((note) => `- ${note}`).join("\n"),
  }));
}
