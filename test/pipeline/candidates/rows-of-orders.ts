import { matrixFromColumns } from "../../../src/matrix/index.js";
import type { CandidateRows } from "../../../src/pipeline/index.js";
import { epochDay } from "../../../src/text/index.js";

/** Purchase days of each customer, ascending, in days since 1970. */
export type OrderDays = ReadonlyMap<string, readonly number[]>;

/** Rows of customers as of some days: recency, frequency, orders of the last 30 days, histories, and a label. */
export function rowsOfOrders(
  orders: OrderDays,
  days: readonly string[],
  { horizonDays, label }: { readonly horizonDays: number; readonly label: "churned" | "orders" },
): CandidateRows {
  const rows = days.flatMap((asOf) => {
    const cut = epochDay(asOf);
    return [...orders].flatMap(([customerId, all]) => {
      const seen = all.filter((day) => day <= cut);
      if (!seen.length) return [];
      const later = all.filter((day) => day > cut && day <= cut + horizonDays).length;
      const last = seen[seen.length - 1];
      return [
        {
          ...{ asOf, customerId, recency: cut - last, frequency: seen.length },
          recent: seen.filter((day) => day > cut - 30).length,
          ...{ x: seen.length - 1, t_x: last - seen[0], T: cut - seen[0] },
          y: label === "orders" ? later : Number(later === 0),
        },
      ];
    });
  });
  return {
    X: matrixFromColumns({
      recency_days: rows.map(({ recency }) => recency),
      frequency: rows.map(({ frequency }) => frequency),
      orders_30d: rows.map(({ recent }) => recent),
      constant: rows.map(() => 1),
    }),
    y: Float64Array.from(rows, ({ y }) => y),
    customerIds: rows.map(({ customerId }) => customerId),
    asOf: rows.map(({ asOf }) => asOf),
    histories: { x: rows.map(({ x }) => x), t_x: rows.map(({ t_x }) => t_x), T: rows.map(({ T }) => T) },
  };
}
