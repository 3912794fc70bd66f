import type { DemoCalendar } from "./calendar.js";
import type { DemoCustomer } from "./customer.js";
import { type LifeState, offerProbability } from "./life.js";
import { demoParameters } from "./parameters.js";

/** 2 x 2 matrix over the states active and lapsed, by rows. */
type Matrix2 = readonly [number, number, number, number];

/**
 * Returns the expected number of orders after `day` within each horizon, given the state at the end of `day`, without
 * contacts. Exact: the states active and lapsed follow a linear differential equation, whose matrix exponential is applied
 * day by day, and orders arrive at rate λ (w + g w d / 0.2) while active.
 *
 * @param horizons Days ahead, ascending.
 */
export function expectedOrders(
  customer: DemoCustomer,
  calendar: DemoCalendar,
  { day, state, horizons }: { day: number; state: LifeState; horizons: readonly number[] },
): number[] {
  if (state === "gone") return horizons.map(() => 0);
  const before = dailyStep(generator(customer.dropoutRate));
  const after = dailyStep(generator(customer.dropoutRate * demoParameters.change.dropoutRate));
  const expected: number[] = [];
  let active = state === "active" ? 1 : 0;
  let lapsed = 1 - active;
  let sum = 0;
  for (let ahead = 1; ahead <= horizons[horizons.length - 1]; ++ahead) {
    const { move, stay } = day + ahead >= calendar.changeDay ? after : before;
    sum += rateOn(customer, calendar, day + ahead) * (active * stay[0] + lapsed * stay[2]);
    [active, lapsed] = [active * move[0] + lapsed * move[2], active * move[1] + lapsed * move[3]];
    if (ahead === horizons[expected.length]) expected.push(sum);
  }
  return expected;
}

/**
 * Returns the uplift of one offer sent at the end of `day`: P(order | sent) - P(order | not sent) within the offer's
 * window, given the state. Negative for deterred customers. Exact, like {@link expectedOrders}.
 *
 * @param factor 1 for a direct mail, `offer.emailFactor` for an e-mail.
 */
export function offerUplift(
  customer: DemoCustomer,
  calendar: DemoCalendar,
  { day, state, factor }: { day: number; state: LifeState; factor: number },
): number {
  if (state === "gone") return 0;
  const none = 1 - probabilityOfOrder(customer, calendar, { day, state, skips: 0 });
  const skips = customer.offerSkips * factor;
  const noneWhenSent = skips > 0 ? 1 - probabilityOfOrder(customer, calendar, { day, state, skips }) : none;
  return none - noneWhenSent * (1 - offerProbability(customer, state) * factor);
}

/** Returns P(at least one order in the window that no offer caused), if each is skipped with probability `skips`. */
function probabilityOfOrder(
  customer: DemoCustomer,
  calendar: DemoCalendar,
  { day, state, skips }: { day: number; state: LifeState; skips: number },
): number {
  let active = state === "active" ? 1 : 0;
  let lapsed = 1 - active;
  let probability = 0;
  for (let ahead = 1; ahead <= demoParameters.offer.windowDays; ++ahead) {
    const changed = day + ahead >= calendar.changeDay ? demoParameters.change.dropoutRate : 1;
    const rate = rateOn(customer, calendar, day + ahead) * (1 - skips);
    const q = generator(customer.dropoutRate * changed);
    const { move, stay } = dailyStep([q[0] - rate, q[1], q[2], q[3]]);
    probability += rate * (active * stay[0] + lapsed * stay[2]);
    [active, lapsed] = [active * move[0] + lapsed * move[2], active * move[1] + lapsed * move[3]];
  }
  return probability;
}

/** Returns λ (w + g w d / 0.2) on a day, in orders per active day. */
function rateOn({ purchaseRate, saleLift }: DemoCustomer, { baseClock, saleClock }: DemoCalendar, day: number): number {
  return purchaseRate * (baseClock[day + 1] - baseClock[day] + saleLift * (saleClock[day + 1] - saleClock[day]));
}

/** Returns the transition rates between active and lapsed; the rest of the first row goes to "gone". */
function generator(mu: number): Matrix2 {
  const nu = 1 / demoParameters.lapse.meanDays;
  return [-mu, mu * demoParameters.lapse.returnShare, nu, -nu];
}

/** Returns e^Q and its integral over one day, Q⁻¹(e^Q - I): the time spent in each state. */
function dailyStep(q: Matrix2): { move: Matrix2; stay: Matrix2 } {
  const [a, b, c, d] = q;
  const m = (a + d) / 2;
  const determinant = a * d - b * c;
  const s = Math.sqrt(Math.max(m * m - determinant, 1e-18));
  const scale = Math.exp(m);
  const cosh = scale * Math.cosh(s);
  const sinh = (scale * Math.sinh(s)) / s;
  const move: Matrix2 = [cosh + sinh * (a - m), sinh * b, sinh * c, cosh + sinh * (d - m)];
  const [x, y, z, w] = [move[0] - 1, move[1], move[2], move[3] - 1];
  const stay: Matrix2 = [
    (d * x - b * z) / determinant,
    (d * y - b * w) / determinant,
    (a * z - c * x) / determinant,
    (a * w - c * y) / determinant,
  ];
  return { move, stay };
}
