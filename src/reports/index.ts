export type {
  DataQualityInput,
  DataTotals,
  FeatureProfile,
  LedgerEntry,
  SourceSummary,
  TradeOffs,
} from "./data-quality/input.js";
export { dataQualityReport } from "./data-quality/report.js";
export { Html, html } from "./html.js";
export { renderHtml } from "./render-html.js";
export { type IndexEntry, renderIndex } from "./render-index.js";
export { type MarkdownOptions, renderMarkdown } from "./render-markdown.js";
export type {
  Block,
  Cell,
  Check,
  Column,
  Conventions,
  Format,
  FormattedValue,
  Kpi,
  Prose,
  Report,
  TableBlock,
  Value,
} from "./report.js";
