import { csvRow } from "../../text/index.js";
import type { DemoCalendar } from "./calendar.js";
import { demoCategories, demoProductTypes } from "./catalogue.js";
import { stateAt } from "./life.js";
import { demoParameters } from "./parameters.js";
import type { DemoHistory } from "./simulate.js";
import { expectedOrders, offerUplift } from "./truth.js";

const horizons = [30, 90, 365] as const;

/** Columns of truth.csv. Rates are per day, money in euro, probabilities in [0, 1]. */
export const truthColumns: readonly string[] = [
  "customer_id",
  "as_of",
  "state",
  "alive",
  "purchase_rate",
  "dropout_rate",
  "mean_order_value",
  ...horizons.map((days) => `expected_orders_${days}d`),
  ...horizons.map((days) => `expected_spend_${days}d`),
  ...demoCategories.map(({ name }) => `taste_${name}`),
  "favourite_category",
  "favourite_product_type",
  "response_type",
  "uplift_direct_mail",
  "uplift_email",
  "sale_lift",
  "redeem_probability",
  "online_share",
  "return_probability",
  "reactivations",
];

/** Returns a customer's row of truth.csv as of the end of `day`, or undefined if not yet acquired. */
export function truthText(
  { customer, taste, life }: DemoHistory,
  calendar: DemoCalendar,
  day: number,
): string | undefined {
  if (customer.acquiredAt >= day + 1) return undefined;
  const state = stateAt(life, day + 1);
  const orders = expectedOrders(customer, calendar, { day, state, horizons });
  const uplift = (factor: number) => offerUplift(customer, calendar, { day, state, factor });
  const reactivations = life.times.filter((t, i) => i > 0 && t >= 0 && t <= day + 1 && life.states[i] === "active");
  // The change can alter the favourite category, so it comes from the preferences of that day.
  const types = day >= calendar.changeDay ? taste.after : taste.before;
  return csvRow([
    customer.id,
    calendar.dateOf(day),
    state,
    state === "active",
    number(customer.purchaseRate),
    number(customer.dropoutRate),
    number(customer.meanOrderValue),
    ...orders.map(number),
    ...orders.map((n) => number(n * customer.meanOrderValue)),
    ...Array.from(taste.categories, number),
    demoCategories[taste.categories.indexOf(Math.max(...taste.categories))].name,
    demoProductTypes[largestStep(types)].name,
    customer.responseType,
    number(uplift(1)),
    number(uplift(demoParameters.offer.emailFactor)),
    number(customer.saleLift),
    number(customer.redeemProbability),
    number(customer.onlineShare),
    number(customer.returnProbability),
    reactivations.length,
  ]);
}

/** Formats a number with six significant digits. */
function number(value: number): string {
  return String(Number(value.toPrecision(6)));
}

function largestStep(runningSum: Float64Array): number {
  let best = 0;
  let size = 0;
  for (let i = 0; i < runningSum.length; ++i) {
    const step = runningSum[i] - (i === 0 ? 0 : runningSum[i - 1]);
    if (step > size) [best, size] = [i, step];
  }
  return best;
}
