import { bernoulli, exponential, type Random } from "../../numeric/index.js";
import type { DemoCalendar } from "./calendar.js";
import type { DemoCustomer } from "./customer.js";
import { demoParameters } from "./parameters.js";
import type { Promotion } from "./promotions.js";

/** State of a customer: active buys at the purchase rate, lapsed pauses and will return, gone has left for good. */
export type LifeState = "active" | "lapsed" | "gone";

/** Offer to one customer; in the control arm it was not sent. */
export interface DemoContact {
  readonly campaign: Promotion;
  readonly arm: "test" | "control";
  /** Day of the additional order caused by the offer; undefined if there is none. */
  readonly extraDay: number | undefined;
}

/** Path of a customer through the states, and the offers received. */
export interface DemoLife {
  /** Times at which a state begins, ascending; the first is the acquisition. */
  readonly times: readonly number[];
  readonly states: readonly LifeState[];
  /** Offers since day one of the data. */
  readonly contacts: readonly DemoContact[];
}

/**
 * Draws a customer's path to the end of the data. An active spell lasts Exp(μ) on the dropout clock, which runs
 * `change.dropoutRate` times as fast after the change; then the customer lapses with probability ρ or is gone.
 * A lapse lasts Exp(ν), unless an offer ends it earlier.
 */
export function drawLife(
  random: Random,
  customer: DemoCustomer,
  calendar: DemoCalendar,
  { contacts: withContacts }: { contacts: boolean },
): DemoLife {
  const { lapse } = demoParameters;
  const path = random.fork("path");
  const times = [customer.acquiredAt];
  const states: LifeState[] = ["active"];
  let state = "active" as LifeState;
  let nextChange = endOfActive(path, customer, calendar, customer.acquiredAt);
  const advance = (until: number) => {
    while (nextChange <= until) {
      const now: number = nextChange;
      if (state === "lapsed") {
        state = "active";
        nextChange = endOfActive(path, customer, calendar, now);
      } else if (bernoulli(path, lapse.returnShare)) {
        state = "lapsed";
        nextChange = now + exponential(path, 1 / lapse.meanDays);
      } else {
        state = "gone";
        nextChange = Number.POSITIVE_INFINITY;
      }
      times.push(now);
      states.push(state);
    }
  };
  const contacts: DemoContact[] = [];
  if (withContacts && customer.consent !== "false") {
    const draws = random.fork("contacts");
    for (const campaign of calendar.campaigns) {
      if (campaign.startDay <= customer.acquiredAt) continue;
      if (campaign.kind === "email" && customer.consent !== "true") continue;
      if (!bernoulli(draws, demoParameters.offer.contactShare)) continue;
      advance(campaign.startDay + 1);
      // A customer gone before day one has no order in the data and is redrawn.
      if (state === "gone" && campaign.startDay < 0) break;
      const contact = drawContact(draws, customer, campaign, state);
      if (contact.extraDay !== undefined && state === "lapsed") nextChange = Math.min(nextChange, contact.extraDay + 1);
      if (campaign.startDay >= 0) contacts.push(contact);
    }
  }
  advance(calendar.days);
  return { times, states, contacts };
}

/** Returns the state at a time; "gone" before the acquisition. */
export function stateAt({ times, states }: DemoLife, moment: number): LifeState {
  let i = times.length - 1;
  while (i >= 0 && times[i] > moment) --i;
  return i < 0 ? "gone" : states[i];
}

function endOfActive(random: Random, { dropoutRate }: DemoCustomer, { changeDay }: DemoCalendar, from: number): number {
  const rest = exponential(random, dropoutRate);
  const factor = demoParameters.change.dropoutRate;
  if (from >= changeDay) return from + rest / factor;
  return from + rest <= changeDay ? from + rest : changeDay + (from + rest - changeDay) / factor;
}

function drawContact(random: Random, customer: DemoCustomer, campaign: Promotion, state: LifeState): DemoContact {
  const { offer } = demoParameters;
  const arm = bernoulli(random, offer.controlShare) ? "control" : "test";
  const respondsAt = random.uniform();
  // Exponential delay truncated at the window, by inversion.
  const cut = -Math.expm1(-offer.windowDays / offer.meanDelayDays);
  const delay = Math.floor(-offer.meanDelayDays * Math.log1p(-random.uniform() * cut));
  const tau = offerProbability(customer, state) * (campaign.kind === "email" ? offer.emailFactor : 1);
  const extraDay = arm === "test" && respondsAt < tau ? campaign.startDay + 1 + delay : undefined;
  return { campaign, arm, extraDay };
}

/** Returns τ after a direct mail: the probability of an additional order by a customer in this state. */
export function offerProbability({ offerActive, offerLapsed }: DemoCustomer, state: LifeState): number {
  return state === "active" ? offerActive : state === "lapsed" ? offerLapsed : 0;
}
