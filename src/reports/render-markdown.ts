import type { Chart } from "../charts/index.js";
import { assertUnreachable, requireKnownOptions } from "../errors.js";
import {
  type Conventions,
  escapeMarkdown,
  type FormattedValue,
  formatValue,
  markdownValue,
  renderMarkdownTable,
} from "../table/index.js";
import { type Block, namedValue, type Prose, type Report } from "./report.js";

/** Options for rendering Markdown. */
export interface MarkdownOptions {
  /** The path of a chart's picture, relative to the file; charts are tables only where it gives none. */
  readonly figure?: (chart: Chart) => string | undefined;
}

/** Renders as GitHub-flavored Markdown, of the same blocks as the page. Computes no number. */
export function renderMarkdown(report: Report, options: MarkdownOptions = {}): string {
  requireKnownOptions("render a report as Markdown", options, { figure: true });
  const { figure = () => undefined } = options;
  const { title, dataset, asOf, locale, currency, runId, gitCommit } = report;
  const date = formatValue(asOf, { kind: "date" }, report);
  const meta = [
    `${escapeMarkdown(dataset)} · as of ${date} · ${currency}`,
    runId && `run \`${runId}\``,
    gitCommit && `commit \`${gitCommit.slice(0, 10)}\``,
  ];
  return [
    `# ${escapeMarkdown(title)}`,
    meta.filter(Boolean).join(" · "),
    ...report.blocks.map((block) => writeBlock(block, { locale, currency }, figure)),
    "",
  ].join("\n\n");
}

function writeBlock(block: Block, conventions: Conventions, figure: (chart: Chart) => string | undefined): string {
  const prose = (text: Prose | undefined) => (text ? [writeProse(text, conventions)] : []);
  switch (block.type) {
    case "heading":
      return [`${"#".repeat(block.level)} ${escapeMarkdown(block.text)}`, ...prose(block.lead)].join("\n\n");
    case "prose":
      return block.style === "note" || block.style === "warning"
        ? quote(writeProse(block, conventions), block.style)
        : writeProse(block, conventions);
    case "kpis":
      return block.kpis
        .map(({ label, note, ...kpi }) =>
          [`- **${format(kpi, conventions)}** ${escapeMarkdown(label)}`, ...prose(note)].join(", "),
        )
        .join("\n");
    case "table":
      return [
        `**${escapeMarkdown(block.caption)}**`,
        renderMarkdownTable(block, conventions),
        ...prose(block.note),
      ].join("\n\n");
    case "chart":
      return writeChart(block.chart, block.note, conventions, figure(block.chart));
    case "checks":
      return `**${escapeMarkdown(block.caption)}**\n\n${renderMarkdownTable(
        {
          columns: [{ name: "Check" }, { name: "Value" }, { name: "Limit" }, { name: "Passed" }],
          rows: block.checks.map(({ name, value, limit, test, passed, format: checkFormat = { kind: "number" } }) => [
            name,
            formatValue(value, checkFormat, conventions),
            `${TESTS[test]} ${formatValue(limit, checkFormat, conventions)}`,
            passed ? "yes" : "NO",
          ]),
        },
        conventions,
      )}`;
    case "terms":
      return block.terms
        .map(({ term, meaning }) => `- **${escapeMarkdown(term)}**: ${escapeMarkdown(meaning)}`)
        .join("\n");
    case "links":
      return block.links
        .map(({ href, label, note }) => {
          const after = note ? `: ${escapeMarkdown(note)}` : "";
          return `- [${escapeMarkdown(label)}](<${href.replace(/[<>\n]/g, encodeURIComponent)}>)${after}`;
        })
        .join("\n");
    default:
      return assertUnreachable(block, "block");
  }
}

/** Text of each kind of check. */
export const TESTS = { lt: "<", lte: "≤", gt: ">", gte: "≥" } as const;

function writeChart(chart: Chart, note: Prose | undefined, conventions: Conventions, path: string | undefined): string {
  return [
    `**${escapeMarkdown(chart.title)}**`,
    escapeMarkdown(chart.subtitle),
    ...(path ? [`![${escapeMarkdown(chart.description)}](<${path}>)`] : []),
    `<details><summary>Data behind the chart</summary>\n\n${renderMarkdownTable(chart.data, conventions)}\n\n</details>`,
    ...(note ? [writeProse(note, conventions)] : []),
  ].join("\n\n");
}

function writeProse(prose: Prose, conventions: Conventions): string {
  return prose.markdown.replace(/\{\{(\w+)\}\}/g, (_, name: string) => format(namedValue(prose, name), conventions));
}

function quote(text: string, style: "note" | "warning"): string {
  return [`[!${style.toUpperCase()}]`, ...text.split("\n")].map((line) => `> ${line}`.trimEnd()).join("\n");
}

/** Writes a value in a sentence, where an unknown one is a dash. */
function format(cell: FormattedValue, conventions: Conventions): string {
  return cell.value === null ? formatValue(null, cell.format, conventions) : markdownValue(cell, conventions);
}
