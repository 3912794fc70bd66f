export {
  type DemoOptions,
  type DemoTruth,
  demoParameters,
  generateDemo,
  writeDemo,
  writeDemoAsOnlineRetail,
} from "./demo/index.js";
export { type AddDatasetOptions, addDataset } from "./import/add-dataset.js";
export { checkFacts, type DatasetFacts } from "./import/check-facts.js";
export {
  type ColumnContract,
  type ColumnType,
  sourceContract,
  type TableContract,
  type TableName,
} from "./import/contract.js";
export { type FetchDatasetOptions, fetchDataset } from "./import/fetch-dataset.js";
export { type ImportOptions, importDataset } from "./import/import-dataset.js";
export { type MakeDemoOptions, makeDemo } from "./import/make-demo.js";
export { withScratchSchema } from "./import/scratch-schema.js";
export { type StageDatasetOptions, type StagedDataset, stageDataset } from "./import/stage-dataset.js";
export type { RejectedRow } from "./import/take-unreadable.js";
export { importedDatasets } from "./known/index.js";
export {
  type ColumnSource,
  type FileOptions,
  type Join,
  type Mapping,
  parseMapping,
  type TableMapping,
} from "./mapping/mapping.js";
export { type MappingFile, parseMappingFile, readMappingFile } from "./mapping/mapping-file.js";
export { sharedCopy, sharedDataFolder } from "./registry/data-folders.js";
export { type DatasetContent, describeContent, type ImportedColumn } from "./registry/describe-content.js";
export { type DatasetDetails, describeDataset } from "./registry/describe-dataset.js";
export type { KnownDataset } from "./registry/known-dataset.js";
export { findKnownDataset, knownDataset, knownDatasets } from "./registry/known-datasets.js";
export { type DatasetListing, type DatasetState, listDatasets } from "./registry/list-datasets.js";
export { type LockDatasetOptions, lockDataset } from "./registry/lock-dataset.js";
export { parseSettings } from "./registry/parse-settings.js";
export {
  type DatasetDescription,
  type ImportedSource,
  isImported,
  type Provenance,
  readProvenance,
} from "./registry/provenance.js";
export { type ResolvedDataset, resolveDataset } from "./registry/resolve-dataset.js";
export { rulesHash } from "./registry/rules-hash.js";
export {
  type CleaningRule,
  type DatasetSettings,
  defaultSettings,
  SEGMENT_CONDITIONS,
  type SegmentSettings,
  type StrategySettings,
  standardRules,
} from "./registry/settings.js";
export { readSettings, settingsPath } from "./registry/settings-file.js";
export { type ShownColumn, shownColumns, shownProvenance } from "./registry/shown-columns.js";
export { sourceGroups } from "./registry/source-groups.js";
export {
  hasTrustedTables,
  openTrustedTables,
  readTrustedDataset,
  TRUSTED_DESCRIPTION,
  type TrustedDataset,
  watchTrustedTables,
  writeTrustedDataset,
} from "./registry/trusted-dataset.js";
export { fileLocator } from "./sources/locate-file.js";
export type { SourceColumnProfile, SourceProfile } from "./sources/profile-source.js";
export type { Source } from "./sources/source.js";
