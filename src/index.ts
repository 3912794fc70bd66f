// The contents page: every public name, by module. Notebooks and services import a module by its own path, such as
// "rekindle/features"; this file is for looking around.

/** Probabilities that mean what they say: isotonic, sigmoid, beta, temperature, and a shifted base rate. */
export * as calibration from "./calibration/index.js";
/** Results as Vega-Lite charts, SVG and PNG. */
export * as charts from "./charts/index.js";
/** Turns raw tables into trusted ones, with a ledger of every row dropped or changed. */
export * as cleaning from "./cleaning/index.js";
/** Names files, opens and imports datasets, and checks them against the data contract. */
export * as datasets from "./datasets/index.js";
/** Runs SQL and returns columns and tables. */
export * as engine from "./engine/index.js";
/** Arrays in, numbers out: scores, losses, curves, intervals, splits and searches. */
export * as evaluation from "./evaluation/index.js";
/** One row per customer as of a day: features, the buy-till-you-die summary, labels, cuts. */
export * as features from "./features/index.js";
/** Dense tables of numbers, which models take: out of columns, rows and data frames. */
export * as matrix from "./matrix/index.js";
/** Fits and predicts: boosted trees at native speed, logistic regression, buy-till-you-die. */
export * as models from "./models/index.js";
/** Seeded random numbers, statistics, special functions, optimizers, sorting and argument checks. */
export * as numeric from "./numeric/index.js";
/** The stages, and the session that notebooks work in. */
export * as pipeline from "./pipeline/index.js";
/** Progress bars, throttled log lines and checks for interruption. */
export * as progress from "./progress/index.js";
/** Reports as values, rendered to Markdown and HTML. */
export * as reports from "./reports/index.js";
/** TypeBox schemas, checked with one error format. */
export * as schema from "./schema/index.js";
/** k-means with a chosen number of clusters, segments by rules, their names, profiles and movement. */
export * as segmentation from "./segmentation/index.js";
/** Atomic files and folders, temporary folders, and the workspace read from the environment. */
export * as storage from "./storage/index.js";
/** Strategies per segment, budgets, contact keys, and the planning of experiments. */
export * as strategy from "./strategy/index.js";
/** Tables of numbers with a format per column, and the one number formatter. */
export * as table from "./table/index.js";
/** Calendar days, CSV text, slugs and the names of segments. */
export * as text from "./text/index.js";
/** The MLflow client and the run bracket. */
export * as tracking from "./tracking/index.js";
