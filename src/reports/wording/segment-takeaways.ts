import type { ClusterCountRemark, GroupProfile, Mover } from "../../segmentation/index.js";
import type { AppliedStrategy } from "../../strategy/index.js";
import { type Conventions, formatValue, numberTexts } from "../../table/index.js";
import { listed } from "./listed.js";

/** Results that the takeaways are drawn from. */
export interface TakeawayFacts {
  readonly ruleProfiles: readonly Pick<GroupProfile, "name" | "customers" | "share" | "revenue" | "revenueShare">[];
  /** By segment. */
  readonly strategies: Readonly<Record<string, Pick<AppliedStrategy, "priority" | "contactable" | "consent_known">>>;
  readonly movers: readonly Pick<Mover, "to" | "revenue">[];
  /** Movers in `movers.csv`: those who may be contacted. */
  readonly listedMovers: number;
  readonly clusterRemarks: readonly ClusterCountRemark[];
  readonly choice: { readonly chosen: number };
  readonly before: { readonly customers: { readonly asOf: string } };
}

/** Share of the revenue that the leading segments bring together. */
const MOST = 0.5;

/**
 * Sums up a segmentation in sentences: which segments bring most of the revenue, which to contact first, who left the
 * Champions, and whether the clusters can be relied on.
 */
export function segmentTakeaways(facts: TakeawayFacts, conventions: Partial<Conventions> = {}): string[] {
  const { clusterRemarks, choice } = facts;
  const texts = numberTexts(conventions);
  const unreliable = clusterRemarks.some(({ code }) => code === "unreliable");
  const clusters = choice.chosen === 1 ? "The cluster is" : `The ${texts.count(choice.chosen)} clusters are`;
  return [
    ...revenueNote(facts, conventions),
    ...urgentNote(facts, conventions),
    moverNote(facts, conventions),
    unreliable
      ? `${clusters} not reliable (see the warning above). Use the segments, which do not depend on clusters.`
      : `${clusters} stable enough to describe the customer base. Contact lists, strategies and budgets use the segments.`,
  ];
}

/** The fewest segments that bring half of the revenue. */
function revenueNote({ ruleProfiles }: TakeawayFacts, conventions: Partial<Conventions>): string[] {
  const { percent } = numberTexts(conventions);
  const largest = [...ruleProfiles].filter(({ revenueShare }) => revenueShare > 0);
  largest.sort((a, b) => b.revenueShare - a.revenueShare);
  const sum = (key: "share" | "revenueShare", n: number) => largest.slice(0, n).reduce((all, one) => all + one[key], 0);
  const needed = largest.findIndex((_, i) => sum("revenueShare", i + 1) >= MOST) + 1;
  if (needed === 0) return [];
  const names = listed(largest.slice(0, needed).map(({ name }) => name));
  return [
    `${names} bring ${percent(sum("revenueShare", needed))} of the revenue with ${percent(sum("share", needed))} of the customers.`,
  ];
}

/** The first of the most urgent segments that has customers to contact, by revenue. */
function urgentNote({ ruleProfiles, strategies }: TakeawayFacts, conventions: Partial<Conventions>): string[] {
  const { count, money } = numberTexts(conventions);
  const order: readonly string[] = ["Critical", "High"];
  const urgent = ruleProfiles
    .map((profile) => ({ ...profile, ...strategies[profile.name] }))
    .filter(({ priority, contactable = 0 }) => order.includes(priority ?? "") && contactable > 0)
    .sort((a, b) => order.indexOf(a.priority ?? "") - order.indexOf(b.priority ?? "") || b.revenue - a.revenue);
  const [first] = urgent;
  if (!first) return [];
  const { name, customers, revenue, contactable = 0, consent_known } = first;
  const consent = consent_known ? `${count(contactable)} may be contacted` : "their consent is unknown";
  return [
    `Contact ${name} first: ${customers === 1 ? "1 customer has" : `${count(customers)} customers have`} spent ${money(revenue)} so far, and ${consent}. To see which effect a test can detect, run: npx rekindle experiment plan --segment "${name}"`,
  ];
}

function moverNote({ movers, listedMovers, before }: TakeawayFacts, conventions: Partial<Conventions>): string {
  const { count, money } = numberTexts(conventions);
  const since = formatValue(before.customers.asOf, { kind: "date" }, conventions);
  if (!movers.length) return `No customer has left the Champions since ${since}.`;
  const sizes = new Map<string, number>();
  for (const { to } of movers) sizes.set(to, (sizes.get(to) ?? 0) + 1);
  const goals = [...sizes].sort((a, b) => b[1] - a[1]).map(([name, size]) => `${count(size)} to ${name}`);
  const revenue = money(movers.reduce((sum, mover) => sum + mover.revenue, 0));
  const [who, has] = movers.length === 1 ? ["1 customer", "has"] : [`${count(movers.length)} customers`, "have"];
  const inFile =
    listedMovers === movers.length ? "lists them" : `lists the ${count(listedMovers)} of them who may be contacted`;
  return `${who} ${has} left the Champions since ${since}: ${listed(goals)}. Their revenue to date is ${revenue}; movers.csv ${inFile}.`;
}
