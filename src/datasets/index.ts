export {
  type ColumnContract,
  type ColumnType,
  sourceContract,
  type TableContract,
  type TableName,
} from "./contract.js";
export { type ImportOptions, importDataset } from "./import-dataset.js";
export { importedDatasets } from "./known/index.js";
export type { KnownDataset } from "./known-dataset.js";
export {
  type ColumnSource,
  type FileOptions,
  type Join,
  type Mapping,
  parseMapping,
  type TableMapping,
} from "./mapping.js";
export type { SourceColumnProfile, SourceProfile } from "./profile-source.js";
export {
  type DatasetDescription,
  type ImportedSource,
  isImported,
  type Provenance,
  readProvenance,
} from "./provenance.js";
export { withScratchSchema } from "./scratch-schema.js";
export {
  type CleaningRule,
  type DatasetSettings,
  defaultSettings,
  type StrategySettings,
  standardRules,
} from "./settings.js";
export type { Source } from "./source.js";
export type { RejectedRow } from "./stage-table.js";
export { openTrustedTables, readTrustedDataset, type TrustedDataset, writeTrustedDataset } from "./trusted-dataset.js";
