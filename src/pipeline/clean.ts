import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type CleaningReport, cleanDataset, ledgerCsv } from "../cleaning/index.js";
import { type Provenance, resolveDataset } from "../datasets/index.js";
import { openDuckDb } from "../engine/index.js";
import type { TrackedDataset } from "../tracking/index.js";
import { writeArtifacts } from "./artifacts/write-artifacts.js";
import type { Stage } from "./stage.js";

/** Raw tables -> trusted tables, with `cleaning_report.json` and `ledger.csv`. */
export function cleanStage({ deduplicate = false }: { deduplicate?: boolean } = {}): Stage<CleaningReport> {
  return {
    name: "clean",
    run: async (context, tracked) => {
      const { workspace, dataset, say } = context;
      const { provenance, rawFolder } = await resolveDataset(workspace, dataset);
      const engine = await openDuckDb({ threads: context.threads });
      try {
        const report = await cleanDataset(engine, provenance, {
          rawFolder,
          folder: join(workspace.processedDatasets, dataset),
          deduplicate,
        });
        const params = { deduplicate, rules: report.ledger.length };
        const folder = join(context.out, "cleaning");
        await writeArtifacts(context, { folder, provenance, asOf: null, params, tracked }, async (temporary) => {
          await writeFile(join(temporary, "cleaning_report.json"), `${JSON.stringify(report, null, 2)}\n`);
          await writeFile(join(temporary, "ledger.csv"), ledgerCsv(report.ledger));
        });
        for (const line of cleaningLines(report)) say(line);
        return {
          stage: "clean",
          value: report,
          folder,
          metrics: cleaningMetrics(report),
          input: trackedInput(provenance),
          params,
        };
      } finally {
        engine.close();
      }
    },
  };
}

/** A dataset as MLflow shows it among a run's inputs. */
export function trackedInput(provenance: Provenance): TrackedDataset {
  const rows = provenance.sources.reduce((sum, { profile }) => sum + (profile?.rows ?? 0), 0);
  return {
    name: provenance.name,
    digestSha256: provenance.sha256,
    source: provenance.sources.map(({ file }) => file).join(", "),
    context: "source",
    profile: { rows, files: provenance.sources.length },
  };
}

function cleaningMetrics({
  lines,
  orders,
  customers,
  revenue,
  rejected_rows,
  ledger,
  trade_offs,
}: CleaningReport): Record<string, number> {
  return {
    lines,
    orders,
    customers,
    revenue,
    rejected_rows,
    share_of_revenue_without_customer: trade_offs.missing_customer_id.share_of_revenue,
    share_of_revenue_returned: trade_offs.returns.share_of_revenue,
    ...Object.fromEntries(ledger.map(({ rule, rows_touched }) => [`rows_${rule}`, rows_touched])),
  };
}

const done: Readonly<Record<string, string>> = { drop: "dropped", return: "moved to returns", set: "rewritten" };

function cleaningLines({ ledger, lines, orders, customers, revenue }: CleaningReport): string[] {
  const n = (value: number) => value.toLocaleString("en-US");
  return [
    ...ledger.map(
      (entry) => `  ${entry.rule}: ${n(entry.rows_touched)} of ${n(entry.rows_before)} rows ${done[entry.action]}`,
    ),
    `  ${n(lines)} lines, ${n(orders)} orders, ${n(customers)} customers, revenue ${n(revenue)}`,
  ];
}
