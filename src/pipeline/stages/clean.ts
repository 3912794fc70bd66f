import { join } from "node:path";
import { type CleaningReport, cleanDataset, ledgerCsv } from "../../cleaning/index.js";
import { TRUSTED_DESCRIPTION } from "../../datasets/index.js";
import { contactSecret } from "../../storage/index.js";
import { contactKey } from "../../strategy/index.js";
import { formatNumber } from "../../table/index.js";
import { defineOptions, switchOption } from "../options/option-schema.js";
import { sharedOptions } from "../options/shared-options.js";
import type { RawStage } from "../stage.js";

const options = defineOptions({
  deduplicate: switchOption("Also drop rows that repeat an earlier one in every column", { default: false }),
  plainIds: sharedOptions.plainIds,
});

/** Raw tables -> trusted tables, with `cleaning_report.json` and `ledger.csv`. */
export const cleanStage: RawStage<typeof options, CleaningReport> = {
  name: "clean",
  folder: "cleaning",
  about: "Apply the dataset's cleaning rules; write trusted tables, the cleaning report and the ledger",
  options,
  opens: "raw",
  reads: [],
  settings: ["cleaning", "timezone", "protected"],
  keeps: ({ workspace, dataset }) => [join(workspace.processedDatasets, dataset, TRUSTED_DESCRIPTION)],
  usesContactKey: ({ plainIds }) => !plainIds,
  seeded: false,
  async run({ engine, provenance, rawFolder, processedFolder, context, write, say }, { deduplicate, plainIds }) {
    const cleaned = await cleanDataset(engine, provenance, { rawFolder, folder: processedFolder, deduplicate });
    const report = plainIds
      ? cleaned
      : pseudonymous(cleaned, await contactSecret(context.workspace.processedDatasets, context.key));
    await write("cleaning_report.json", { json: report });
    await write("ledger.csv", ledgerCsv(report.ledger));
    for (const line of logLines(report)) say(line);
    return report;
  },
  metrics: ({ lines, orders, customers, revenue, rejected_rows, ledger, trade_offs }) => ({
    lines,
    orders,
    customers,
    revenue,
    rejected_rows,
    share_of_revenue_without_customer: trade_offs.missing_customer_id.share_of_revenue,
    share_of_revenue_returned: trade_offs.returns.share_of_revenue,
    ...Object.fromEntries(ledger.map(({ rule, rows_touched }) => [`rows_${rule}`, rows_touched])),
  }),
  params: ({ ledger }) => ({ rules: ledger.length }),
  facts: ({ lines, orders, customers, revenue }) =>
    `${count(lines)} lines, ${count(orders)} orders, ${count(customers)} customers, revenue ${count(revenue)}`,
};

/** Names customers by contact key. */
function pseudonymous(report: CleaningReport, key: string): CleaningReport {
  const { trade_offs } = report;
  const { returns } = trade_offs;
  const top = returns.top_customers.map((one) => ({ ...one, customer: contactKey(one.customer, { key }) }));
  return { ...report, trade_offs: { ...trade_offs, returns: { ...returns, top_customers: top } } };
}

const done: Readonly<Record<string, string>> = { drop: "dropped", return: "moved to returns", set: "rewritten" };

const count = (value: number) => formatNumber(value, { kind: "number", digits: 3, trim: true });

function logLines({ ledger }: CleaningReport): string[] {
  const idle = ledger.filter(({ rows_touched }) => !rows_touched).map(({ rule }) => rule);
  return [
    ...ledger
      .filter(({ rows_touched }) => rows_touched)
      .map(
        ({ rule, rows_touched, rows_before, action }) =>
          `${rule}: ${count(rows_touched)} of ${count(rows_before)} rows ${done[action]}`,
      ),
    ...(idle.length ? [`no rows: ${idle.join(", ")}`] : []),
  ];
}
