/** How pressing a segment is. */
export type Priority = "Critical" | "High" | "Medium" | "Low";

/** What to do about one segment. Keys are those of `segment_strategies.json`. */
export interface SegmentStrategy {
  readonly segment: string;
  readonly priority: Priority;
  readonly goal: string;
  readonly actions: readonly string[];
  readonly campaign: string;
  /** How much to spend, in words. */
  readonly budget: string;
  /** By which number success is judged. */
  readonly kpi: string;
  readonly why: string;
}

/** A strategy for each of the eight segments, to be edited in a file of the user's own. */
export const standardStrategies: readonly SegmentStrategy[] = [
  {
    segment: "Champions",
    priority: "High",
    goal: "Keep them, and let them speak for us",
    actions: [
      "Reward them with benefits that nobody else gets",
      "Ask for reviews and referrals",
      "Show new products to them first",
      "Give them a contact person",
    ],
    campaign: "Loyalty programme with a reward for referrals",
    budget: "Medium: experiences rather than discounts",
    kpi: "Share with an order in the next 90 days; referrals per 100 customers",
    why: "They bring the most revenue each, and buy without a discount: what is at stake is their habit, not the next sale.",
  },
  {
    segment: "Loyal Customers",
    priority: "High",
    goal: "Raise what they buy, and notice early when they slow down",
    actions: [
      "Recommend what goes with their last orders",
      "Offer bundles and a step up in the loyalty programme",
      "Thank them on the day of their first order",
      "Write to those whose usual gap between orders has passed",
    ],
    campaign: "Recommendations by e-mail, with a threshold for free delivery just above their usual basket",
    budget: "Medium: incentives in kind before money off",
    kpi: "Average order value; share of those overdue who order within 30 days",
    why: "They order often, but the rule has no limit on recency: some of them have stopped without being noticed.",
  },
  {
    segment: "At Risk",
    priority: "Critical",
    goal: "Win them back before they are gone",
    actions: [
      "Write personally, with what they used to buy",
      "Make an offer that ends on a date",
      "Ask in two questions why they stayed away",
      "Let service call the most valuable ones",
    ],
    campaign: "Win-back e-mails in two steps, the second with a personal code",
    budget: "High: what they used to spend is still within reach",
    kpi: "Share with an order in the next 90 days against a control group; profit after discounts",
    why: "They used to buy often and for good money, and have been away for more than 60 days.",
  },
  {
    segment: "Hibernating",
    priority: "Medium",
    goal: "Find out which of them can be woken at a profit",
    actions: [
      "Remind them of past orders",
      "Show what is new since then",
      "Test a strong discount on a small part first",
      "Leave those alone who do not answer twice",
    ],
    campaign: "Reactivation in small tests; the arm that pays is rolled out",
    budget: "Medium: as long as the test pays",
    kpi: "Profit per contact against a control group",
    why: "They know us, but have been away for more than 90 days: most will not come back, and each contact costs.",
  },
  {
    segment: "New Customers",
    priority: "High",
    goal: "Lead them to the second order",
    actions: [
      "Welcome them in a short series of messages",
      "Explain how to use what they bought",
      "Offer a benefit on the next order that ends soon",
      "Ask how the first order went",
    ],
    campaign: "Welcome series with a coupon for the second order",
    budget: "High: the first weeks decide",
    kpi: "Share with a second order within 60 days",
    why: "Most one-time buyers never return, and those who do mostly do so early.",
  },
  {
    segment: "Promising",
    priority: "Medium",
    goal: "Turn a good start into a habit",
    actions: [
      "Invite them into the loyalty programme",
      "Recommend a second category",
      "Keep to their rhythm: write shortly before the next order is due",
    ],
    campaign: "Invitation to the loyalty programme after the third order",
    budget: "Medium",
    kpi: "Share that becomes Loyal Customers or Champions within 180 days",
    why: "They have ordered at least three times and lately; a little more makes them loyal.",
  },
  {
    segment: "Need Attention",
    priority: "Medium",
    goal: "Renew their interest before they drift away",
    actions: ["Send what is new in their categories", "Make a small offer with a date", "Ask what they miss"],
    campaign: "News from their categories, with a small incentive for half of them",
    budget: "Low to medium: test before scaling",
    kpi: "Share with an order in the next 60 days against a control group",
    why: "They have bought more than once and are about to be away for longer than usual.",
  },
  {
    segment: "Lost/Churned",
    priority: "Low",
    goal: "Spend nothing on most, learn from a few",
    actions: [
      "Take them out of expensive channels",
      "Send one last message with a clear question",
      "Keep them in cheap seasonal mailings where they allow it",
    ],
    campaign: "One farewell e-mail a year",
    budget: "Low: only what costs next to nothing",
    kpi: "Profit per contact; complaints",
    why: "They have ordered little or not for long. Money spent here is missing elsewhere.",
  },
];

const PRIORITIES: readonly string[] = ["Critical", "High", "Medium", "Low"] satisfies readonly Priority[];

/**
 * Reads strategies from a JSON file of the user's own: a list like {@link standardStrategies}. A segment that the file
 * leaves out keeps its standard strategy.
 *
 * @throws {SyntaxError} If the text is no JSON list, names an unknown segment or one twice, or a field is missing.
 */
export function parseStrategies(text: string): readonly SegmentStrategy[] {
  const action = "Cannot read the strategies";
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (cause) {
    throw new SyntaxError(`${action}: the file is no JSON, a list of strategies is needed`, { cause });
  }
  if (!Array.isArray(given)) throw new SyntaxError(`${action}: the file holds no list, a list of strategies is needed`);
  const known = standardStrategies.map(({ segment }) => segment);
  const own = new Map<string, SegmentStrategy>();
  for (const strategy of given as SegmentStrategy[]) {
    const { segment } = strategy;
    if (!known.includes(segment)) {
      throw new SyntaxError(`${action}: "${segment}" is no segment, there are ${known.join(", ")}`);
    }
    if (own.has(segment)) throw new SyntaxError(`${action}: "${segment}" comes twice, once is needed`);
    if (!PRIORITIES.includes(strategy.priority)) {
      throw new SyntaxError(
        `${action}: the priority of "${segment}" is "${strategy.priority}", ${PRIORITIES.join(", ")} are needed`,
      );
    }
    for (const field of ["goal", "campaign", "budget", "kpi", "why"] as const) {
      if (typeof strategy[field] !== "string") {
        throw new SyntaxError(`${action}: "${segment}" has no ${field}, a text is needed`);
      }
    }
    if (!Array.isArray(strategy.actions) || !strategy.actions.length) {
      throw new SyntaxError(`${action}: "${segment}" has no actions, a list of texts is needed`);
    }
    own.set(segment, strategy);
  }
  return standardStrategies.map((strategy) => own.get(strategy.segment) ?? strategy);
}
