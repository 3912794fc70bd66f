import type { CleaningReport } from "../../cleaning/index.js";
import type { Engine } from "../../engine/index.js";
import { dayBefore, type Observations, type ReturnsPolicy } from "../../features/index.js";
import type { DataQualityInput } from "../../reports/index.js";

/** Computes the prices of the decisions on customers and returns, over the whole file. */
export async function wholeFileTradeOffs(
  engine: Engine,
  { trade_offs }: CleaningReport,
  returns: ReturnsPolicy,
): Promise<Pick<DataQualityInput["tradeOffs"], "missingCustomerIds" | "repeatedLines" | "returns">> {
  const { missing_customer_id: missing, repeated_lines: repeated, returns: back } = trade_offs;
  const [returned] = await engine.rows("SELECT count(DISTINCT return_id) AS n FROM trusted_returns");
  return {
    ...(missing.rows
      ? {
          missingCustomerIds: {
            rows: missing.rows,
            shareOfRows: missing.share_of_rows,
            revenue: missing.revenue,
            shareOfRevenue: missing.share_of_revenue,
          },
        }
      : {}),
    ...(repeated.rows
      ? {
          repeatedLines: {
            rows: repeated.rows,
            revenue: repeated.revenue,
            shareOfRevenue: repeated.share_of_revenue,
          },
        }
      : {}),
    ...(back.rows
      ? {
          returns: {
            policy: returns,
            rows: back.rows,
            orders: Number(returned["n"]),
            customers: back.customers,
            revenue: -back.amount,
            topCustomers: back.top_customers.map((customer) => ({
              customerId: customer.customer,
              orders: customer.orders,
              revenueDropped: customer.revenue_drop,
              rankDropped: customer.rank_drop,
              revenueNetted: customer.revenue_net,
              rankNetted: customer.rank_net,
            })),
          },
        }
      : {}),
  };
}

/** Returns the outcome of the customers known at the test cut. */
export async function repurchaseAfterCut(
  { engine, asOf: end }: Pick<Observations, "engine" | "asOf">,
  { horizonDays }: { horizonDays: number },
) {
  const asOf = dayBefore(end, horizonDays);
  const [row] = await engine.rows(
    `WITH firsts AS (SELECT customer_id, min(ordered_on) AS first_on, max(CASE WHEN ordered_on > CAST($cut AS DATE) THEN 1 ELSE 0 END) AS bought FROM orders GROUP BY customer_id)
     SELECT COALESCE(sum(CASE WHEN first_on <= CAST($cut AS DATE) THEN 1 ELSE 0 END), 0) AS known,
       COALESCE(sum(CASE WHEN first_on <= CAST($cut AS DATE) THEN bought ELSE 0 END), 0) AS again,
       COALESCE(sum(CASE WHEN first_on > CAST($cut AS DATE) THEN 1 ELSE 0 END), 0) AS newcomers FROM firsts`,
    { cut: asOf },
  );
  const [known, again] = [Number(row["known"]), Number(row["again"])];
  return {
    asOf,
    horizonDays,
    knownCustomers: known,
    boughtAgain: again,
    boughtAgainShare: known && again / known,
    newCustomers: Number(row["newcomers"]),
  };
}
