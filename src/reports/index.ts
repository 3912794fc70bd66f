export type {
  DataQualityInput,
  DataTotals,
  FeatureProfile,
  LedgerEntry,
  SourceSummary,
  TradeOffs,
} from "./data-quality/input.js";
export { dataQualityReport } from "./data-quality/report.js";
export { renderHtml } from "./render-html.js";
export { type IndexEntry, renderIndex } from "./render-index.js";
export { type MarkdownOptions, renderMarkdown } from "./render-markdown.js";
export type {
  Block,
  Check,
  Kpi,
  Prose,
  Report,
  TableBlock,
} from "./report.js";
export { failedRuleChecks, ruleConditions, ruleFitRemark } from "./wording/segment-rules.js";
