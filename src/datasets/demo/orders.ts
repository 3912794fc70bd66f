import { bernoulli, exponential, type Random } from "../../numeric/index.js";
import { clockAtDay, type DemoCalendar, dayAtClock } from "./calendar.js";
import type { DemoCustomer } from "./customer.js";
import type { DemoLife } from "./life.js";
import { demoParameters } from "./parameters.js";
import type { Promotion } from "./promotions.js";

/** Order without its lines: its day and its cause. */
export interface OrderPlan {
  readonly day: number;
  /** "base" and "sale" orders happen without an offer; "offer" orders are caused by one. */
  readonly cause: "base" | "sale" | "offer";
  /** The offer it redeems, as an index into the life's contacts. */
  contact: number | undefined;
}

/** Orders of a customer by day, and the number skipped because of an offer. */
export interface OrderPlans {
  readonly orders: readonly OrderPlan[];
  /** Orders skipped by a deterred customer. */
  readonly skipped: number;
}

/**
 * Draws the days of a customer's orders: the first on the day of acquisition, then two Poisson processes on the
 * clocks of the calendar during his active spells, λ w for the base and λ g w d / 0.2 during sales, thinned and
 * added to by offers.
 */
export function drawOrders(random: Random, customer: DemoCustomer, life: DemoLife, calendar: DemoCalendar): OrderPlans {
  const { days, baseClock, saleClock } = calendar;
  let orders: OrderPlan[] = [];
  if (customer.acquiredAt >= 0) orders.push(plan(Math.floor(customer.acquiredAt), "base"));
  const base = random.fork("base");
  const sale = random.fork("sale");
  for (let i = 0; i < life.times.length; ++i) {
    if (life.states[i] !== "active") continue;
    const from = Math.max(0, life.times[i]);
    const to = Math.min(days, life.times[i + 1] ?? days);
    if (!(from < to)) continue;
    addPoisson(orders, base, baseClock, from, to, customer.purchaseRate, "base");
    if (customer.saleLift > 0) {
      addPoisson(orders, sale, saleClock, from, to, customer.purchaseRate * customer.saleLift, "sale");
    }
  }
  const own = orders.length;
  if (life.contacts.length > 0) orders = applyOffers(random.fork("offers"), customer, life, orders);
  const skipped = own - orders.length;
  for (const [c, { extraDay }] of life.contacts.entries()) {
    if (extraDay !== undefined && extraDay < days) orders.push({ day: extraDay, cause: "offer", contact: c });
  }
  return { orders: orders.sort((a, b) => a.day - b.day), skipped };
}

function plan(day: number, cause: OrderPlan["cause"]): OrderPlan {
  return { day, cause, contact: undefined };
}

function addPoisson(
  orders: OrderPlan[],
  random: Random,
  clock: Float64Array,
  from: number,
  to: number,
  rate: number,
  cause: OrderPlan["cause"],
): void {
  const end = clockAtDay(clock, to);
  for (let at = clockAtDay(clock, from) + exponential(random, rate); at < end; at += exponential(random, rate)) {
    // The last draw may round up to the end of the data.
    orders.push(plan(Math.min(Math.floor(dayAtClock(clock, at)), Math.ceil(to) - 1), cause));
  }
}

/** Removes the orders that a deterred customer skips and assigns redemptions to orders that were due anyway. */
function applyOffers(random: Random, customer: DemoCustomer, life: DemoLife, orders: OrderPlan[]): OrderPlan[] {
  const { offer } = demoParameters;
  let kept = orders.sort((a, b) => a.day - b.day);
  for (const [c, { campaign, arm, extraDay }] of life.contacts.entries()) {
    if (arm === "control") continue;
    const skips = customer.offerSkips * channelFactor(campaign);
    if (skips > 0) kept = kept.filter(({ day }) => !(inWindow(day, campaign) && bernoulli(random, skips)));
    if (extraDay !== undefined) continue;
    for (const order of kept) {
      if (order.contact !== undefined || !inWindow(order.day, campaign)) continue;
      if (!bernoulli(random, customer.redeemProbability)) continue;
      order.contact = c;
      break;
    }
  }
  return kept;

  function inWindow(day: number, { startDay }: Promotion): boolean {
    return day > startDay && day <= startDay + offer.windowDays;
  }
}

/** Returns the factor of the channel on an offer's effect. */
export function channelFactor({ kind }: Promotion): number {
  return kind === "email" ? demoParameters.offer.emailFactor : 1;
}
