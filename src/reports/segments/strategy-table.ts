import type { AppliedStrategy } from "../../strategy/index.js";
import { type Conventions, createTable, type DataTable } from "../../table/index.js";
import { contactableColumn } from "./contactable-column.js";
import { WHOLE_MONEY } from "./formats.js";

/**
 * Tabulates the strategies of segments, one per row, in the order given.
 *
 * @param conventions For display in notebooks.
 *
 * @example
 * const facts = { customers: 293, contactable: 250, consent_known: true, refused: 40, unknown_consent: 3, budget_amount: 12_500 };
 * const table = strategyTable({ Champions: { ...standardStrategies.Champions, ...facts } });
 * tableRecords(table)[0]["contactable"]; // 250
 */
export function strategyTable(
  strategies: Readonly<Record<string, AppliedStrategy>>,
  conventions: Partial<Conventions> = {},
): DataTable {
  const isWhole = Object.values(strategies).every((one) => Number.isInteger(one.budget_amount));
  return createTable(
    {
      caption: "Strategies by segment",
      columns: [
        { name: "segment", title: "Segment", format: { kind: "segment" } },
        { name: "priority", title: "Priority" },
        { name: "customers", title: "Customers", format: { kind: "count" } },
        contactableColumn(strategies),
        { name: "budget", title: "Budget", format: isWhole ? WHOLE_MONEY : { kind: "money" } },
        { name: "goal", title: "Goal" },
        { name: "campaign", title: "Campaign" },
      ],
      rows: Object.entries(strategies).map(([segment, one]) => [
        ...[segment, one.priority, one.customers, one.contactable, one.budget_amount, one.goal, one.campaign],
      ]),
    },
    conventions,
  );
}
