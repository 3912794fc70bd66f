import { formatValue } from "../table/index.js";
import { html } from "../text/index.js";
import { pageHtml } from "./render-html.js";

/** One report of the contents page. */
export interface IndexEntry {
  readonly dataset: string;
  readonly title: string;
  /** Observation cutoff, `YYYY-MM-DD`; empty if the page has none. */
  readonly asOf: string;
  /** Relative to the contents page. */
  readonly href: string;
  /** The same report as Markdown, relative to the contents page. */
  readonly markdownHref?: string;
}

/** Renders the contents page of all reports, by dataset. */
export function renderIndex(entries: readonly IndexEntry[]): string {
  const datasets = [...new Set(entries.map(({ dataset }) => dataset))].sort();
  const body = html`<header class="top"><h1>Reports</h1><div class="meta"><button id="theme" type="button" hidden></button></div></header><main id="main">${
    datasets.length
      ? datasets.map(
          (dataset) =>
            html`<h2>${dataset}</h2><ul>${entries
              .filter((entry) => entry.dataset === dataset)
              .map(
                ({ href, title, asOf, markdownHref }) =>
                  html`<li><a href="${href}">${title}</a>${asOf && html`, as of ${formatValue(asOf, { kind: "date" }, { locale: "en-GB" })}`}${markdownHref && html` (<a href="${markdownHref}">Markdown</a>)`}</li>`,
              )}</ul>`,
        )
      : html`<p>No report has been written yet: <code>rekindle run --dataset demo</code> writes the first.</p>`
  }</main>`;
  return pageHtml({ title: "Reports", body });
}
