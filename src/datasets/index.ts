export { type AddDatasetOptions, addDataset } from "./add-dataset.js";
export { checkFacts, type DatasetFacts } from "./check-facts.js";
export {
  type ColumnContract,
  type ColumnType,
  sourceContract,
  type TableContract,
  type TableName,
} from "./contract.js";
export { sharedCopy, sharedDataFolder } from "./data-folders.js";
export {
  type DemoOptions,
  type DemoTruth,
  demoParameters,
  generateDemo,
  writeDemo,
  writeDemoAsOnlineRetail,
} from "./demo/index.js";
export { type DatasetDetails, describeDataset } from "./describe-dataset.js";
export { type FetchDatasetOptions, fetchDataset } from "./fetch-dataset.js";
export { type ImportOptions, importDataset } from "./import-dataset.js";
export { importedDatasets } from "./known/index.js";
export type { KnownDataset } from "./known-dataset.js";
export { findKnownDataset, knownDataset, knownDatasets } from "./known-datasets.js";
export { type DatasetListing, type DatasetState, listDatasets } from "./list-datasets.js";
export { fileLocator } from "./locate-file.js";
export { type MakeDemoOptions, makeDemo } from "./make-demo.js";
export {
  type ColumnSource,
  type FileOptions,
  type Join,
  type Mapping,
  parseMapping,
  type TableMapping,
} from "./mapping.js";
export { type MappingFile, parseMappingFile, readMappingFile } from "./mapping-file.js";
export { parseSettings } from "./parse-settings.js";
export type { SourceColumnProfile, SourceProfile } from "./profile-source.js";
export {
  type DatasetDescription,
  type ImportedSource,
  isImported,
  type Provenance,
  readProvenance,
} from "./provenance.js";
export { type ResolvedDataset, resolveDataset } from "./resolve-dataset.js";
export { withScratchSchema } from "./scratch-schema.js";
export {
  type CleaningRule,
  type DatasetSettings,
  defaultSettings,
  SEGMENT_CONDITIONS,
  type SegmentSettings,
  type StrategySettings,
  standardRules,
} from "./settings.js";
export type { Source } from "./source.js";
export { type StageDatasetOptions, type StagedDataset, stageDataset } from "./stage-dataset.js";
export type { RejectedRow } from "./stage-table.js";
export { openTrustedTables, readTrustedDataset, type TrustedDataset, writeTrustedDataset } from "./trusted-dataset.js";
