import type { Block } from "../report.js";
import { count, date, money, share } from "./formats.js";
import type { TradeOffs } from "./input.js";

/** Builds one short section per decision that another analyst could make differently, with its cost. */
export function tradeOffBlocks({
  missingCustomerIds,
  repeatedLines,
  returns,
  engagementProxies,
  timeSplit,
}: TradeOffs): Block[] {
  const blocks = [
    ...(missingCustomerIds ? missingIds(missingCustomerIds) : []),
    ...(repeatedLines ? repeated(repeatedLines) : []),
    ...(returns ? returned(returns) : []),
    ...(engagementProxies ? proxies(engagementProxies) : []),
    ...(timeSplit ? split(timeSplit) : []),
  ];
  if (blocks.length === 0) return [];
  return [
    {
      type: "heading",
      level: 2,
      text: "Decisions and alternatives",
      lead: { markdown: "Each decision, its reason, and its effect on the figures." },
    },
    ...blocks,
  ];
}

function missingIds(part: NonNullable<TradeOffs["missingCustomerIds"]>): Block[] {
  return [
    { type: "heading", level: 3, text: "Lines without a customer are dropped" },
    {
      type: "prose",
      markdown:
        "**{{rows}} lines ({{shareOfRows}}) have no customer id; they hold {{revenue}}, {{shareOfRevenue}} of the imported revenue.** They belong to no customer history, so they cannot enter features or models. Totals here are therefore lower than the shop's books. If these buyers behave differently from known customers, the results do not apply to them.",
      values: {
        rows: { value: part.rows, format: count },
        shareOfRows: { value: part.shareOfRows, format: share },
        revenue: { value: part.revenue, format: money },
        shareOfRevenue: { value: part.shareOfRevenue, format: share },
      },
    },
  ];
}

function repeated(part: NonNullable<TradeOffs["repeatedLines"]>): Block[] {
  return [
    { type: "heading", level: 3, text: "Repeated lines are kept" },
    {
      type: "prose",
      markdown:
        "**{{rows}} kept lines repeat an earlier one in every column; they hold {{revenue}}, {{shareOfRevenue}} of the revenue after cleaning.** An order may have the same product twice, or the export wrote a line twice: the file does not say which. If it is the export, revenue is overstated by this amount; `--deduplicate` drops these lines.",
      values: {
        rows: { value: part.rows, format: count },
        revenue: { value: part.revenue, format: money },
        shareOfRevenue: { value: part.shareOfRevenue, format: share },
      },
    },
  ];
}

function returned(part: NonNullable<TradeOffs["returns"]>): Block[] {
  const isNet = part.policy === "net";
  return [
    {
      type: "heading",
      level: 3,
      text: isNet ? "Returns are subtracted from spend" : "Returns are recorded separately and not subtracted",
    },
    {
      type: "prose",
      markdown: `{{orders}} cancelled orders ({{rows}} lines of {{customers}} customers, {{revenue}}) were moved to the returns table. ${
        isNet
          ? "Features subtract them: a customer who returned everything spent nothing."
          : "Features do not subtract them: spend is what was ordered. Customers who returned most of their orders still look valuable."
      }${part.topCustomers.length ? ` The table shows the {{top}} customers with the highest spend.` : ""} The alternative is one setting, \`returns: ${isNet ? "drop" : "net"}\`.`,
      values: {
        orders: { value: part.orders, format: count },
        ...(part.topCustomers.length ? { top: { value: part.topCustomers.length, format: count } } : {}),
        rows: { value: part.rows, format: count },
        customers: { value: part.customers, format: count },
        revenue: { value: part.revenue, format: money },
      },
    },
    ...(part.topCustomers.length
      ? [
          {
            type: "table",
            caption: "Top customers with and without returns",
            columns: [
              { name: "Customer" },
              { name: "Orders", format: count },
              { name: "Spend, returns dropped", format: money },
              { name: "Rank", format: count },
              { name: "Spend, returns netted", format: money },
              { name: "Rank, netted", format: count },
            ],
            rows: part.topCustomers.map((customer) => [
              customer.customerId,
              customer.orders,
              customer.revenueDropped,
              customer.rankDropped,
              customer.revenueNetted,
              customer.rankNetted,
            ]),
          } as const,
        ]
      : []),
  ];
}

function proxies(names: readonly string[]): Block[] {
  return [
    { type: "heading", level: 3, text: "Engagement is estimated from orders" },
    {
      type: "prose",
      markdown: `The data has no visits, clicks or opened emails. ${
        names.length
          ? `${names.map((_, i) => `{{proxy${i}}}`).join(", ")} are used instead: they`
          : "Order features are used instead: they"
      } grow with interest, but a customer who often visits without buying is invisible.`,
      values: Object.fromEntries(
        names.map((name, i) => [`proxy${i}`, { value: name, format: { kind: "code" } as const }]),
      ),
    },
  ];
}

function split(part: NonNullable<TradeOffs["timeSplit"]>): Block[] {
  return [
    { type: "heading", level: 3, text: "Models are judged on later days, not on other customers" },
    {
      type: "prose",
      markdown:
        "Features use data up to {{asOf}}; a customer counts as returning if they ordered in the following {{horizon}} days. Of the {{known}} customers known by then, {{again}} ({{againShare}}) did. {{fresh}} customers ordered for the first time in that period: no model could have predicted them. A random split of rows would let models see the future and overstate their quality.",
      values: {
        asOf: { value: part.asOf, format: date },
        horizon: { value: part.horizonDays, format: count },
        known: { value: part.knownCustomers, format: count },
        again: { value: part.boughtAgain, format: count },
        againShare: { value: part.boughtAgainShare, format: share },
        fresh: { value: part.newCustomers, format: count },
      },
    },
  ];
}
