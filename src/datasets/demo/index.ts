export { type DemoTruth, generateDemo } from "./generate-demo.js";
export { demoDataset, demoMapping, demoRules, demoSettings } from "./mapping.js";
export { type DemoOptions, demoOptions } from "./options.js";
export { demoParameters } from "./parameters.js";
export type { DirtCounts } from "./transactions.js";
export { type DemoFile, type DemoSink, memorySink } from "./write/sink.js";
export { type WriteDemoOptions, writeDemo, writeDemoOptions } from "./write/write-demo.js";
export { writeDemoAsOnlineRetail } from "./write/write-demo-as-online-retail.js";
export { writeTruthParquet } from "./write/write-truth-parquet.js";
