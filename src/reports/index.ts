export type {
  DataQualityInput,
  DataTotals,
  FeatureProfile,
  LedgerEntry,
  SourceSummary,
  SourceWarning,
  TradeOffs,
} from "./data-quality/input.js";
export { dataQualityReport } from "./data-quality/report.js";
export { planText, readoutText, splitText } from "./experiments/experiment-text.js";
export { type ExperimentPageFacts, experimentPageFacts } from "./experiments/facts.js";
export { planReport } from "./experiments/plan-report.js";
export { planTable, SPEND_NOTE } from "./experiments/plan-table.js";
export { readoutReport } from "./experiments/readout-report.js";
export { PRIMARY_METRIC_NOTE, readoutTable } from "./experiments/readout-table.js";
export { splitReport } from "./experiments/split-report.js";
export { splitTable } from "./experiments/split-table.js";
export { type LossTableOptions, lossTable } from "./models/loss-table.js";
export { type NoteList, noteList } from "./note-list.js";
export { NOTEBOOK_PAGE_SCRIPT, NOTEBOOK_PAGE_STYLE } from "./notebook-page.js";
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
export { candidateTable } from "./segments/candidate-table.js";
export { driftFacts } from "./segments/drift-facts.js";
export { type SegmentFigureOptions, type ShownSegments, segmentFigures } from "./segments/figures.js";
export { flowTable } from "./segments/flow-table.js";
export { type MigrationTableOptions, migrationTable } from "./segments/migration-table.js";
export { moversTable } from "./segments/movers-table.js";
export { profileTable } from "./segments/profile-table.js";
export { refitTable } from "./segments/refit-table.js";
export { retrainTable } from "./segments/retrain-table.js";
export { type RuleLineFacts, ruleLines } from "./segments/rule-lines.js";
export { type RuleSegmentFacts, ruleSegmentTable } from "./segments/rule-segment-table.js";
export { type SummarizedSegments, segmentSummary } from "./segments/segment-lines.js";
export { selectionTable } from "./segments/selection-table.js";
export { type StayingTableOptions, stayingTable } from "./segments/staying-table.js";
export { strategyTable } from "./segments/strategy-table.js";
export { summaryTable } from "./segments/summary-table.js";
export { transitionTable } from "./segments/transition-table.js";
export { assumedInWords } from "./wording/assumed-settings.js";
export { boundaryInWords } from "./wording/boundary.js";
export { type CleanedTotals, type CleaningStep, cleaningTakeaways } from "./wording/cleaning-takeaways.js";
export { clusterCountRemark } from "./wording/cluster-count-remarks.js";
export { clusterCountNote, clusterCountReason } from "./wording/cluster-counts.js";
export { clusterInWords } from "./wording/cluster-profile.js";
export { consentInWords } from "./wording/consent.js";
export { audienceText, groupsText } from "./wording/experiments/audience.js";
export { overlapText, remarkText, warningText } from "./wording/experiments/notes.js";
export { planSentences } from "./wording/experiments/plan.js";
export { readoutSentences, secondarySentences, verdictSentences } from "./wording/experiments/readout.js";
export { splitSentences } from "./wording/experiments/split.js";
export { type FeatureFacts, featureTakeaways } from "./wording/feature-takeaways.js";
export { type ModelFacts, modelTakeaways } from "./wording/model-takeaways.js";
export { refitInWords } from "./wording/refit.js";
export { type JudgedVerdict, retrainRuleInWords, verdictInWords } from "./wording/retrain-verdict.js";
export { type RuleRemarkFacts, ruleRemarks } from "./wording/rule-remarks.js";
export { failedRuleChecks, ruleConditions, ruleFitRemark } from "./wording/segment-rules.js";
export { segmentTakeaways, type TakeawayFacts } from "./wording/segment-takeaways.js";
export { driftInWords, sizeDriftInWords, sizeDriftMessage } from "./wording/size-drift.js";
export { leftOutInWords, type UnavailableFeature } from "./wording/unavailable-features.js";
