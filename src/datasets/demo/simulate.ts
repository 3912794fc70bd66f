import { bernoulli, createRandom, exponential, integer, type Random } from "../../numeric/index.js";
import { type DemoLine, drawBasket } from "./basket.js";
import type { DemoCalendar } from "./calendar.js";
import { type DemoCustomer, drawCustomer } from "./customer.js";
import { type DemoLife, drawLife } from "./life.js";
import { drawOrders, type OrderPlan } from "./orders.js";
import { demoParameters } from "./parameters.js";
import { demoStores } from "./stores.js";
import { type DemoTaste, drawTaste } from "./taste.js";

/** Order, or with `returnOf` the return of an earlier order. */
export interface DemoOrder {
  readonly id: string;
  readonly day: number;
  /** Second of the day, local time. */
  readonly second: number;
  /** Index of the store; undefined for an online order. */
  readonly store: number | undefined;
  readonly lines: readonly DemoLine[];
  readonly cause: OrderPlan["cause"] | "return";
  /** Contact whose offer it redeems, as an index into the life's contacts. */
  readonly contact: number | undefined;
}

/** Simulated history of one customer. */
export interface DemoHistory {
  readonly customer: DemoCustomer;
  readonly taste: DemoTaste;
  readonly life: DemoLife;
  /** Orders and returns, in order of time. */
  readonly orders: readonly DemoOrder[];
  /** Orders that a deterred customer skipped because of an offer. */
  readonly skipped: number;
  /** Random stream for personal details and errors, apart from the behaviour. */
  readonly random: Random;
}

/**
 * Draws the history of customer `index`. It depends only on the seed, the index and the calendar, not on the number of
 * customers. A customer without orders in the data is redrawn.
 */
export function simulateCustomer(
  index: number,
  calendar: DemoCalendar,
  { seed, contacts }: { seed: number; contacts: boolean },
): DemoHistory {
  const own = createRandom(seed).fork(`customer ${index}`);
  for (let attempt = 0; ; ++attempt) {
    const random = own.fork(attempt);
    const customer = drawCustomer(random.fork("customer"), index, calendar);
    const life = drawLife(random, customer, calendar, { contacts });
    const { orders: plans, skipped } = drawOrders(random, customer, life, calendar);
    if (plans.length === 0) continue;
    const taste = drawTaste(random.fork("taste"), customer);
    const orders = fillOrders(random, { customer, taste, calendar }, plans, life);
    return { customer, taste, life, orders, skipped, random };
  }
}

function fillOrders(
  random: Random,
  context: { customer: DemoCustomer; taste: DemoTaste; calendar: DemoCalendar },
  plans: readonly OrderPlan[],
  life: DemoLife,
): DemoOrder[] {
  const { customer, calendar } = context;
  const baskets = random.fork("baskets");
  const places = random.fork("places");
  const returns = random.fork("returns");
  const orders: DemoOrder[] = [];
  for (const [n, { day, cause, contact }] of plans.entries()) {
    const offer = contact === undefined ? undefined : life.contacts[contact].campaign;
    const promotion = offer ?? (cause === "sale" ? calendar.saleOn[day] : undefined);
    const store = drawStore(places, customer, calendar, day);
    const second = drawSecond(places, store);
    const lines = drawBasket(baskets, context, { day, promotion, offer });
    const id = orderId(customer.index, n);
    const order: DemoOrder = { id, day, second, store, lines, cause, contact };
    orders.push(order);
    if (bernoulli(returns, customer.returnProbability)) {
      const back = drawReturn(returns, calendar, order);
      if (back.day < calendar.days) orders.push(back);
    }
  }
  return orders.sort((a, b) => a.day - b.day || a.second - b.second);
}

function drawStore(
  random: Random,
  { onlineShare, homeStore }: DemoCustomer,
  calendar: DemoCalendar,
  day: number,
): number | undefined {
  const { change, channel } = demoParameters;
  const odds = (onlineShare / (1 - onlineShare)) * (day >= calendar.changeDay ? change.onlineOdds : 1);
  const online = bernoulli(random, odds === Number.POSITIVE_INFINITY ? 1 : odds / (1 + odds));
  if (online || calendar.isSunday(day)) return undefined;
  if (bernoulli(random, channel.homeStore)) return homeStore;
  return (homeStore + 1 + integer(random, demoStores.length - 1)) % demoStores.length;
}

/** Draws the time of day: stores are open from 09:00 to 20:00 with a peak at 14:30; online orders peak late in the evening. */
function drawSecond(random: Random, store: number | undefined): number {
  const u = random.uniform();
  const v = random.uniform();
  return store === undefined
    ? Math.floor(6 * 3600 + 17.9 * 3600 * Math.max(u, v))
    : Math.floor(9 * 3600 + 11 * 3600 * ((u + v) / 2));
}

function drawReturn(random: Random, calendar: DemoCalendar, order: DemoOrder): DemoOrder {
  const { returns } = demoParameters;
  const back = { ...order, id: `C${order.id}`, cause: "return" as const, contact: undefined };
  if (bernoulli(random, returns.sameDay)) {
    return { ...back, second: Math.min(86_399, order.second + 60 + integer(random, 3600)) };
  }
  const days = 2 + Math.min(returns.maxDays - 2, Math.floor(exponential(random, 1 / returns.meanDays)));
  const some = order.lines.filter(() => bernoulli(random, returns.lineShare));
  const second = drawSecond(random, order.store);
  const arrives = order.day + days;
  const closed = order.store !== undefined && calendar.isSunday(arrives);
  return { ...back, day: arrives + (closed ? 1 : 0), second, lines: some.length > 0 ? some : [order.lines[0]] };
}

/** Returns an order id of ten digits: a bijective scrambling of customer (20 bits) and order (12 bits). */
function orderId(customerIndex: number, n: number): string {
  let h = ((customerIndex << 12) | (n & 4095)) ^ 0x5bd1e995;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return String(1_000_000_000 + ((h ^ (h >>> 16)) >>> 0));
}
