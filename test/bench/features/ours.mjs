// Online Retail CSV -> clean lines -> one row per customer, by the product's own reading, cleaning and features.
// Prints one JSON object like peers/features.py.
import { performance } from "node:perf_hooks";
import { exploreFile } from "rekindle/cleaning";
import { importedDatasets } from "rekindle/datasets";
import { openDuckDb } from "rekindle/engine";
import { dayBefore, openObservations } from "rekindle/features";

const only = [
  "recency_days",
  "frequency",
  "monetary",
  "avg_basket_value",
  "unique_products",
  "avg_interpurchase_days",
  "purchase_span_days",
];

/** @param {string} csv */
async function measure(csv) {
  const known = importedDatasets.find(({ name }) => name === "online-retail");
  if (!known) throw new Error("Cannot measure: online-retail is not among the known datasets");
  const engine = await openDuckDb({ threads: 2 });
  const start = performance.now();
  const dataset = await exploreFile(engine, { path: csv, mapping: known.mapping, settings: known.settings });
  const cleaned = performance.now();
  const [{ last }] = await engine.rows("SELECT max(ordered_on) AS last FROM orders");
  // The peer counts days from the day after the last invoice.
  const asOf = dayBefore(String(last), -1);
  const observations = await openObservations(engine, dataset, { asOf });
  const { relation } = await observations.features({ at: asOf, features: only });
  const computed = performance.now();
  const [facts] = await engine.rows(
    `SELECT (SELECT count(*) FROM order_lines) AS lines, count(*) AS customers, sum(@money(monetary)) AS monetary,
       avg(recency_days) AS mean_recency, avg(frequency) AS mean_frequency FROM ${relation}`,
  );
  engine.close();
  const seconds = (/** @type {number} */ from, /** @type {number} */ to) => (to - from) / 1000;
  return {
    seconds: {
      "read and clean": seconds(start, cleaned),
      features: seconds(cleaned, computed),
      total: seconds(start, computed),
    },
    ...facts,
  };
}

measure(process.argv[2]).then((figures) => process.stdout.write(`${JSON.stringify(figures)}\n`));
