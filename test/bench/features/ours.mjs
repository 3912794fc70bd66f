// Online Retail CSV -> clean lines -> one row per customer, by the product's own import, cleaning and features.
// Prints one JSON object like peers/features.py.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { cleanDataset } from "rekindle/cleaning";
import { importDataset, importedDatasets } from "rekindle/datasets";
import { openDuckDb } from "rekindle/engine";
import { computeFeatures, dayBefore, openHistory } from "rekindle/features";

const only = [
  "recency_days",
  "frequency",
  "monetary",
  "avg_basket_value",
  "unique_products",
  "avg_interpurchase_days",
  "purchase_span_days",
];

/** @param {string} csv @param {string} folder */
async function measure(csv, folder) {
  const dataset = importedDatasets.find(({ name }) => name === "online-retail");
  if (!dataset) throw new Error("Cannot measure: online-retail is not among the known datasets");
  const engine = await openDuckDb({ threads: 2 });
  const start = performance.now();
  const [rawFolder, trusted] = [join(folder, "raw"), join(folder, "processed")];
  const provenance = await importDataset(engine, dataset, {
    from: csv,
    target: rawFolder,
    now: new Date(),
    profile: false,
  });
  const imported = performance.now();
  const report = await cleanDataset(engine, provenance, { rawFolder, folder: trusted });
  const cleaned = performance.now();
  // The peer counts days from the day after the last invoice.
  const asOf = dayBefore(String(report.last_order).slice(0, 10), -1);
  const tables = Object.fromEntries(report.tables.map(({ name, columns }) => [name, columns]));
  const history = { tables, settings: provenance.settings };
  await openHistory(engine, history, { asOf });
  await computeFeatures(engine, history, { cuts: [asOf], only });
  const computed = performance.now();
  const [facts] = await engine.rows(
    "SELECT count(*) AS customers, sum(@money(monetary)) AS monetary, avg(recency_days) AS mean_recency, avg(frequency) AS mean_frequency FROM features",
  );
  engine.close();
  const seconds = (/** @type {number} */ from, /** @type {number} */ to) => (to - from) / 1000;
  return {
    seconds: {
      import: seconds(start, imported),
      clean: seconds(imported, cleaned),
      features: seconds(cleaned, computed),
      total: seconds(start, computed),
    },
    lines: report.lines,
    ...facts,
  };
}

const folder = mkdtempSync(join(tmpdir(), "rekindle-bench-"));
try {
  process.stdout.write(`${JSON.stringify(await measure(process.argv[2], folder))}\n`);
} finally {
  rmSync(folder, { recursive: true });
}
