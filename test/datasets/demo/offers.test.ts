import { describe, expect, test } from "vitest";
import { offerProbability, stateAt } from "../../../src/datasets/demo/life.js";
import { demoParameters } from "../../../src/datasets/demo/parameters.js";
import type { DemoHistory } from "../../../src/datasets/demo/simulate.js";
import { histories, mean, sales, standardError, zScore } from "./histories.js";

const { offer } = demoParameters;
const { histories: all } = histories(12_000, { seed: 5, contacts: true });

/** Orders on the days of the offer's window. */
interface Contact {
  readonly arm: "test" | "control";
  readonly type: string;
  readonly channel: string;
  readonly orders: number;
}

const contacts = all.flatMap((history) => {
  const days = sales(history).map(({ day }) => day);
  return history.life.contacts
    .filter(({ campaign }) => campaign.startDay + offer.windowDays < 1096)
    .map(({ arm, campaign }): Contact => {
      const after = days.filter((day) => day > campaign.startDay && day <= campaign.startDay + offer.windowDays);
      return { arm, type: history.customer.responseType, channel: campaign.kind, orders: after.length };
    });
});

describe("offers of the demo", () => {
  test("the arms differ in orders by the planted effect", () => {
    const { difference, error } = compare(contacts);
    const made = all.flatMap(sales).filter(({ cause }) => cause === "offer").length;
    const skipped = all.reduce((sum, history) => sum + history.skipped, 0);
    const planted = (made - skipped) / contacts.filter(({ arm }) => arm === "test").length;
    expect(difference / error).toBeGreaterThan(5);
    expect(Math.abs(difference - planted)).toBeLessThan(2.5 * error);
  });

  test("an offer brings an additional order with the probability of its type, state and channel", () => {
    const excess = all.flatMap(({ life, customer }) =>
      life.contacts
        .filter(({ arm }) => arm === "test")
        .map(({ campaign, extraDay }) => {
          const tau = offerProbability(customer, stateAt(life, campaign.startDay + 1));
          return (extraDay === undefined ? 0 : 1) - tau * (campaign.kind === "email" ? offer.emailFactor : 1);
        }),
    );
    expect(Math.abs(zScore(excess))).toBeLessThan(3.5);
    const persuadable = all.filter(({ customer }) => customer.responseType === "persuadable")[0];
    expect(offerProbability(persuadable.customer, "active")).toBe(offer.persuadableActive);
    expect(offerProbability(persuadable.customer, "lapsed")).toBe(offer.persuadableLapsed);
    expect(offerProbability(persuadable.customer, "gone")).toBe(0);
  });

  test("the effect depends on the response type: large, small and negative", () => {
    const effects = Object.fromEntries(
      ["persuadable", "indifferent", "deterred"].map((type) => [
        type,
        compare(contacts.filter((c) => c.type === type)),
      ]),
    );
    const { persuadable, indifferent, deterred } = effects;
    expect(persuadable.difference - indifferent.difference).toBeGreaterThan(4 * persuadable.error);
    expect(Math.abs(indifferent.difference)).toBeLessThan(0.02);
    expect(deterred.difference).toBeLessThan(-2 * deterred.error);
  });

  test("an e-mail works less than a direct mail", () => {
    const persuadable = contacts.filter(({ type }) => type === "persuadable");
    const mail = compare(persuadable.filter(({ channel }) => channel === "direct_mail"));
    const email = compare(persuadable.filter(({ channel }) => channel === "email"));
    expect(mail.difference - email.difference).toBeGreaterThan(2 * Math.hypot(mail.error, email.error));
  });

  test("arms are drawn with the stated share, whatever the customer", () => {
    for (const type of ["persuadable", "indifferent", "deterred"]) {
      const group = contacts.filter((contact) => contact.type === type);
      const controls = group.filter(({ arm }) => arm === "control").length;
      const deviation = Math.sqrt(group.length * offer.controlShare * (1 - offer.controlShare));
      expect(Math.abs(controls - group.length * offer.controlShare)).toBeLessThan(4 * deviation);
    }
  });

  test("an offer is redeemed in its window, once, never in the control arm, with a discount on its category", () => {
    let redeemed = 0;
    for (const history of all) {
      const used = sales(history).filter(({ contact }) => contact !== undefined);
      expect(new Set(used.map(({ contact }) => contact)).size).toBe(used.length);
      for (const order of used) {
        const { campaign, arm } = history.life.contacts[order.contact!];
        expect(arm).toBe("test");
        expect(order.day > campaign.startDay && order.day <= campaign.endDay).toBe(true);
        expect(order.lines.some(({ promotion, discountCents }) => promotion === campaign && discountCents > 0)).toBe(
          true,
        );
        ++redeemed;
      }
    }
    expect(redeemed).toBeGreaterThan(2000);
  });

  test("e-mail goes to those who consented, direct mail to those who did not refuse", () => {
    const reached = (kind: string) =>
      new Set(
        all
          .filter(({ life }) => life.contacts.some(({ campaign }) => campaign.kind === kind))
          .map(({ customer }) => customer.consent),
      );
    expect([...reached("email")]).toEqual(["true"]);
    expect([...reached("direct_mail")].sort()).toEqual(["true", "unknown"]);
  });

  test("some lapses end because of an offer", () => {
    const woken = all.flatMap((history: DemoHistory) =>
      history.life.contacts.filter(({ extraDay }) => {
        return extraDay !== undefined && history.life.times.some((t, i) => i > 1 && t === extraDay + 1);
      }),
    );
    expect(woken.length).toBeGreaterThan(50);
  });
});

/** Orders per contact, test less control, and the standard error. */
function compare(group: readonly Contact[]): { difference: number; error: number } {
  const of = (arm: Contact["arm"]) => group.filter((contact) => contact.arm === arm).map(({ orders }) => orders);
  const [sent, held] = [of("test"), of("control")];
  return { difference: mean(sent) - mean(held), error: Math.hypot(standardError(sent), standardError(held)) };
}
