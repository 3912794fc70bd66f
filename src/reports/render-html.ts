import { createHash } from "node:crypto";
import { type Chart, chartFigure, cssVariable, segmentToken } from "../charts/index.js";
import { assertUnreachable } from "../errors.js";
import { type Conventions, formatValue, type HtmlTableOptions, renderHtmlTable } from "../table/index.js";
import { Html, html } from "../text/index.js";
import { PAGE_SCRIPT } from "./page-script.js";
import { PAGE_STYLE } from "./page-style.js";
import { proseHtml, valueHtml } from "./prose-html.js";
import { TESTS } from "./render-markdown.js";
import type { Block, Check, Kpi, Prose, Report } from "./report.js";

/** Data tables with more rows than this stay off paper. */
const LONG_TABLE = 40;

/** Renders as one self-contained page that loads nothing. Computes no number. */
export async function renderHtml(report: Report): Promise<string> {
  const headings = anchors(report.blocks);
  const blocks: Html[] = [];
  for (const block of report.blocks)
    blocks.push(await blockHtml(block, report, block.type === "heading" ? headings.get(block) : undefined));
  const entries = [...headings].flatMap(
    ([{ level, text }, id]) => html`<li${level === 3 && html` class="deeper"`}><a href="#${id}">${text}</a></li>`,
  );
  const { title, dataset, asOf, currency, runId, gitCommit } = report;
  return pageHtml({
    title: `${title} · ${dataset}`,
    body: html`<header class="top"><h1>${title}</h1><div class="meta"><p>${dataset} · as of ${formatValue(asOf, { kind: "date" }, report)} · ${currency}</p>${
      runId && html`<p>run <code>${runId}</code></p>`
    }${gitCommit && html`<p>commit <code>${gitCommit.slice(0, 10)}</code></p>`}<button id="theme" type="button" hidden></button></div></header>
<div class="body"><nav class="contents" aria-label="Contents"><details open><summary>Contents</summary><ol>${entries}</ol></details></nav>
<main id="main">${blocks}</main></div>
<footer>Every number in the text is bound to a value of this report; none was typed by hand. Charts and tables work without a network.</footer>`,
  });
}

/** Wraps a body in a whole document, with style and script inside. Its policy lets nothing else load or run. */
export function pageHtml({ title, body }: { readonly title: string; readonly body: Html }): string {
  const hash = createHash("sha256").update(PAGE_SCRIPT).digest("base64");
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${Html.unsafe(hash)}'; img-src data:"><title>${title}</title><style>${Html.unsafe(PAGE_STYLE)}</style></head>
<body><a class="skip" href="#main">Skip to the content</a><div class="page">
${body}
</div><script>${Html.unsafe(PAGE_SCRIPT)}</script></body></html>
`.source;
}

type Heading = Extract<Block, { type: "heading" }>;

/** An id per heading, unique in the page. */
function anchors(blocks: readonly Block[]): Map<Heading, string> {
  const used = new Map<string, number>([
    ["main", 1],
    ["theme", 1],
  ]);
  return new Map(
    blocks
      .filter((block): block is Heading => block.type === "heading")
      .map((block) => {
        const slug =
          block.text
            .toLowerCase()
            .replace(/[^\p{L}\p{N}]+/gu, "-")
            .replace(/^-|-$/g, "") || "section";
        const count = (used.get(slug) ?? 0) + 1;
        used.set(slug, count);
        return [block, count === 1 ? slug : `${slug}-${count}`];
      }),
  );
}

async function blockHtml(block: Block, report: Report, id: string | undefined): Promise<Html> {
  switch (block.type) {
    case "heading": {
      const lead = block.lead && html`<div class="sub">${proseHtml(block.lead, report)}</div>`;
      return block.level === 2
        ? html`<h2 id="${id}">${block.text}</h2>${lead}`
        : html`<h3 id="${id}">${block.text}</h3>${lead}`;
    }
    case "prose":
      return html`<div class="${block.style ?? "prose"}">${proseHtml(block, report)}</div>`;
    case "kpis":
      return html`<dl class="kpis">${block.kpis.map((kpi) => kpiHtml(kpi, report))}</dl>`;
    case "table":
      return html`${renderHtmlTable(block, { ...tableOptions(report), sortable: true, download: block.download })}${note(block.note, report, "after-table")}`;
    case "chart":
      return chartHtml(block.chart, block.note, report);
    case "checks":
      return checksHtml(block.caption, block.checks, report);
    case "terms":
      return html`<dl class="terms">${block.terms.map(({ term, meaning }) => html`<dt>${term}</dt><dd>${meaning}</dd>`)}</dl>`;
    case "links":
      return html`<ul>${block.links.map(
        ({ href, label, note: text }) =>
          html`<li><a href="${safeHref(href)}">${label}</a>${text && html`: ${text}`}</li>`,
      )}</ul>`;
    default:
      return assertUnreachable(block, "block");
  }
}

function kpiHtml({ label, note: text, ...value }: Kpi, conventions: Conventions): Html {
  return html`<div class="kpi"><dt>${label}</dt><dd>${valueHtml(value, conventions)}</dd>${
    text && html`<dd class="small">${proseHtml(text, conventions, { inline: true })}</dd>`
  }</div>`;
}

async function chartHtml(chart: Chart, text: Prose | undefined, conventions: Conventions): Promise<Html> {
  const { rows } = chart.data;
  return html`<figure>${await chartFigure(chart)}${note(text, conventions, "after")}${
    rows.length > 0 &&
    html`<details class="data${rows.length > LONG_TABLE && " long"}"><summary>Data behind the chart</summary>${renderHtmlTable({ ...chart.data, caption: `${chart.title}: data` }, tableOptions(conventions))}</details>`
  }</figure>`;
}

function tableOptions({ locale, currency }: Conventions): HtmlTableOptions {
  return { locale, currency, segmentColor: (name) => `var(${cssVariable(segmentToken(name))})` };
}

function checksHtml(caption: string, checks: readonly Check[], conventions: Conventions): Html {
  const rows = checks.map(({ name, value, limit, test, passed, format = { kind: "number" } }) => {
    const write = (number: number) => formatValue(number, format, conventions);
    return html`<tr><th scope="row">${name}</th><td class="n" data-value="${value}">${write(value)}</td><td class="n">${TESTS[test]} ${write(limit)}</td><td><span class="${passed ? "pass" : "fail"}">${passed ? "✓ yes" : "✗ NO"}</span></td></tr>`;
  });
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table><caption>${caption}</caption><thead><tr><th scope="col">Check</th><th scope="col" class="n">Value</th><th scope="col" class="n">Limit</th><th scope="col">Passed</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

function note(text: Prose | undefined, conventions: Conventions, className: string): Html | undefined {
  return text && html`<div class="${className}">${proseHtml(text, conventions)}</div>`;
}

/** Links may lead to the web, within the page, or to a file in its folder; never to a script. */
function safeHref(href: string): string {
  return /^[a-z][a-z0-9+.-]*:/i.test(href) && !/^https?:/i.test(href) ? "#" : href;
}
