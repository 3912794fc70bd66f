import type { AppliedStrategy } from "../../strategy/index.js";
import { type Conventions, numberTexts } from "../../table/index.js";

/**
 * What is done with each segment, one per row, in the order given.
 *
 * @example
 * const facts = { customers: 293, contactable: 250, refused: 40, unknown_consent: 3, budget_amount: 12_500 };
 * strategyTable({ Champions: { ...standardStrategies.Champions, ...facts } })[0]["may be contacted"]; // "250"
 */
export function strategyTable(
  strategies: Readonly<Record<string, AppliedStrategy>>,
  options: Partial<Conventions> = {},
): Record<string, string>[] {
  const { count, money } = numberTexts(options);
  const cents = Object.values(strategies).every((one) => Number.isInteger(one.budget_amount)) ? 0 : 2;
  return Object.entries(strategies).map(([segment, one]) => ({
    segment,
    priority: one.priority,
    customers: count(one.customers),
    "may be contacted": count(one.contactable),
    budget: money(one.budget_amount, cents),
    goal: one.goal,
    campaign: one.campaign,
  }));
}
