export { applyRules, deduplicationRule } from "./apply-rules.js";
export { type CleaningReport, type CleanOptions, cleanDataset } from "./clean-dataset.js";
export { type ExploredDataset, type ExploreOptions, exploreFile } from "./explore-file.js";
export { type LedgerEntry, ledgerCsv } from "./ledger.js";
export type { ReturnsEffect, TradeOffs } from "./trade-offs.js";
export type { TrustedTable } from "./write-tables.js";
