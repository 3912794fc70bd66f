export { applyRules, deduplicationRule, type LedgerEntry, ledgerCsv } from "./apply-rules.js";
export { type CleaningReport, type CleanOptions, cleanDataset } from "./clean-dataset.js";
export type { ReturnsEffect, TradeOffs } from "./trade-offs.js";
export type { TrustedTable } from "./write-tables.js";
