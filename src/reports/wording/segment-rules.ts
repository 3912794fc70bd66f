import type {
  EmptyReason,
  MetCondition,
  RuleCheck,
  RuleCondition,
  RuleFitRemark,
  SegmentRule,
} from "../../segmentation/index.js";
import type { NumberTexts } from "../../table/index.js";

const CONDITIONS: Readonly<Record<RuleCondition, (limit: number, texts: NumberTexts) => string>> = {
  recencyBelow: (days, { count }) => `last order less than ${count(days)} days ago`,
  recencyAtMost: (days, { count }) => `last order at most ${count(days)} days ago`,
  recencyAbove: (days, { count }) => `last order more than ${count(days)} days ago`,
  ordersAbove: (orders, { count }) => `more than ${count(orders)} orders`,
  ordersBelow: (orders, { count }) => `fewer than ${count(orders)} orders`,
  ordersAtLeast: (orders, { count }) => `at least ${count(orders)} orders`,
  orderValueAbove: (amount, { money }) => `more than ${money(amount)} per order`,
};

/**
 * Describes the conditions of a segment rule.
 *
 * @example
 * ruleConditions({ name: "New Customers", recencyBelow: 30, ordersBelow: 3 }, numberTexts());
 * // "last order less than 30 days ago, fewer than 3 orders"
 */
export function ruleConditions({ name: _, ...conditions }: SegmentRule, texts: NumberTexts): string {
  const parts = (Object.entries(conditions) as [RuleCondition, number][]).map(([condition, limit]) =>
    CONDITIONS[condition](limit, texts),
  );
  return parts.length ? parts.join(", ") : "all other customers";
}

/**
 * Explains why fitted limits separate less than intended.
 *
 * @example
 * ruleFitRemark({ rule: "order-limits", value: 2, limit: 4 }, numberTexts());
 * // "The 4 limits for orders take only 2 values: repeat customers order too similarly to separate more"
 */
export function ruleFitRemark({ rule, value, limit }: RuleFitRemark, { count }: NumberTexts): string {
  switch (rule) {
    case "repeat-customers":
      return "No customer has ordered twice: the limits for days and orders stay as published, only those for order value are fitted";
    case "recency-limits":
      return `The ${count(limit)} limits for days since the last order take only ${count(value)} values: customers order too often to separate more`;
    case "order-limits":
      return `The ${count(limit)} limits for orders take only ${count(value)} values: repeat customers order too similarly to separate more`;
    case "order-value-limits":
      return `The ${count(limit)} limits for order value take only ${count(value)} values: orders are worth too much the same to separate more`;
  }
}

/**
 * Describes the failed checks of rule segments, one sentence each.
 *
 * @example
 * const conditions = [{ condition: "ordersAbove", limit: 9, share: 0.229 }] as const;
 * const check = { rule: "champions-at-most", value: 0.126, limit: 0.12, passed: false, conditions } as const;
 * failedRuleChecks([check], numberTexts());
 * // ["Champions are 12.6% of the customers, more than 12%: 22.9% have more than 9 orders"]
 */
export function failedRuleChecks(checks: readonly RuleCheck[], texts: NumberTexts): string[] {
  return checks.filter(({ passed }) => !passed).map((check) => failedCheck(check, texts));
}

function failedCheck(check: RuleCheck, texts: NumberTexts): string {
  const { percent, exactPercent } = texts;
  switch (check.rule) {
    case "champions-at-least":
      return `Champions are ${percent(check.value)} of the customers, less than ${exactPercent(check.limit)}${met(check.conditions, texts)}`;
    case "champions-at-most":
      return `Champions are ${percent(check.value)} of the customers, more than ${exactPercent(check.limit)}${met(check.conditions, texts)}`;
    case "champions-revenue":
      return `Champions bring ${percent(check.value)} of the revenue, less than ${exactPercent(check.limit)}${met(check.conditions, texts)}`;
    case "segment-not-empty":
      return `${check.segment} is empty: ${check.reason ? emptyReason(check.reason, texts) : "no customer is in it"}`;
  }
}

function met(conditions: readonly MetCondition[], texts: NumberTexts): string {
  const parts = conditions.map(
    ({ condition, limit, share }) => `${texts.percent(share)} have ${withArticle(CONDITIONS[condition](limit, texts))}`,
  );
  return parts.length ? `: ${parts.join(", ")}` : "";
}

function emptyReason(reason: EmptyReason, texts: NumberTexts): string {
  switch (reason.kind) {
    case "condition":
      return `no customer has ${withArticle(CONDITIONS[reason.condition](reason.limit, texts))}`;
    case "together":
      return "every condition is met by some customers, but all together by none";
    case "earlier":
      return `${reason.customers === 1 ? "the one customer who meets its conditions is" : `all ${texts.count(reason.customers)} customers who meet its conditions are`} in an earlier segment`;
  }
}

function withArticle(words: string): string {
  return words.startsWith("last order") ? `a ${words}` : words;
}
