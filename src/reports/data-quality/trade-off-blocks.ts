import type { Block } from "../report.js";
import { count, date, money, share } from "./formats.js";
import type { TradeOffs } from "./input.js";

/** One short section per decision that another analyst could take otherwise, with its price. */
export function tradeOffBlocks({ missingCustomerIds, returns, engagementProxies, timeSplit }: TradeOffs): Block[] {
  const blocks = [
    ...(missingCustomerIds ? missingIds(missingCustomerIds) : []),
    ...(returns ? returned(returns) : []),
    ...(engagementProxies ? proxies(engagementProxies) : []),
    ...(timeSplit ? split(timeSplit) : []),
  ];
  if (blocks.length === 0) return [];
  return [
    {
      type: "heading",
      level: 2,
      text: "Decisions that could be taken otherwise",
      lead: { markdown: "What was decided, why, and what it changes in the numbers." },
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
        "**{{rows}} lines ({{shareOfRows}}) name no customer; they carry {{revenue}}, {{shareOfRevenue}} of the revenue read.** A history needs an owner, so they cannot enter features or models. Totals here are therefore lower than the shop's books. If these buyers behave unlike the known ones, what is learned here does not hold for them.",
      values: {
        rows: { value: part.rows, format: count },
        shareOfRows: { value: part.shareOfRows, format: share },
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
      text: isNet ? "Returns are subtracted from spend" : "Returns are kept apart, and not subtracted",
    },
    {
      type: "prose",
      markdown: `{{orders}} cancelled orders ({{rows}} lines of {{customers}} customers, {{revenue}}) were moved to a table of returns. ${
        isNet
          ? "Features subtract them: a customer who gave everything back spent nothing."
          : "Features do not subtract them: spend is what was ordered. A customer who ordered much and gave it back still looks valuable; the table shows who."
      } The other choice is one setting, \`returns: ${isNet ? "drop" : "net"}\`.`,
      values: {
        orders: { value: part.orders, format: count },
        rows: { value: part.rows, format: count },
        customers: { value: part.customers, format: count },
        revenue: { value: part.revenue, format: money },
      },
    },
    ...(part.topCustomers.length
      ? [
          {
            type: "table",
            caption: "The top customers under both choices",
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
    { type: "heading", level: 3, text: "Engagement is read from orders" },
    {
      type: "prose",
      markdown: `The data holds no visits, clicks or opened mails. ${
        names.length
          ? `${names.map((_, i) => `{{proxy${i}}}`).join(", ")} stand in for them: they`
          : "Order features stand in for them: they"
      } grow with interest, but a customer who looks often and buys nothing is invisible.`,
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
        "Features end on {{asOf}}; whether a customer bought again is read from the {{horizon}} days after. Of {{known}} customers known by then, {{again}} ({{againShare}}) did. {{fresh}} customers ordered for the first time in those days: no model could have known them. A random split of rows would let models see the future and look better than they are.",
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
