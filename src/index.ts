/** Results as Vega-Lite charts, SVG and PNG. */
export * as charts from "./charts/index.js";
/** Turns raw tables into trusted ones, with a ledger of every row dropped or changed. */
export * as cleaning from "./cleaning/index.js";
/** Names files, opens and imports datasets, and checks them against the data contract. */
export * as datasets from "./datasets/index.js";
/** Runs SQL and returns columns and tables. */
export * as engine from "./engine/index.js";
/** One row per customer as of a day: features, the buy-till-you-die summary, labels, cuts. */
export * as features from "./features/index.js";
/** The stages, and the session that notebooks work in. */
export * as pipeline from "./pipeline/index.js";
/** Reports as values, rendered to Markdown and HTML. */
export * as reports from "./reports/index.js";
/** The MLflow client and the run bracket. */
export * as tracking from "./tracking/index.js";
