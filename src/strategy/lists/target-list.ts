import { requireKnownOptions, requireSameLength } from "../../errors.js";
import { argsort } from "../../numeric/index.js";
import { csvText } from "../../text/index.js";
import { contactKey } from "./contact-key.js";
import { segmentSlug } from "./segment-slug.js";

/** Customers whom lists are drawn from, one entry each. */
export interface TargetColumns {
  readonly customerId: ArrayLike<string>;
  /** Segment by the rules, shape (n,). */
  readonly segment: ArrayLike<string>;
  /** True where the customer agreed to marketing; null where that is unknown. Without it all may be contacted. */
  readonly consent?: ArrayLike<boolean | null>;
  /** Days since the last order, shape (n,). */
  readonly recencyDays: ArrayLike<number>;
  /** Orders, shape (n,). */
  readonly frequency: ArrayLike<number>;
  /** Sum of orders, in the dataset's currency, shape (n,). */
  readonly monetary: ArrayLike<number>;
}

/** One customer to contact. */
export interface Target {
  /** A pseudonym, or the customer's id if plain ids were asked for. */
  readonly contactKey: string;
  readonly recencyDays: number;
  readonly frequency: number;
  readonly monetary: number;
}

/** Contactable customers of one segment. */
export interface TargetList {
  readonly segment: string;
  /** Name for files, such as "lost-churned". */
  readonly slug: string;
  /** False if the keys are the customers' own ids. */
  readonly pseudonymous: boolean;
  /** False if the dataset does not say who agreed to marketing. */
  readonly consentKnown: boolean;
  /** Most money first. */
  readonly targets: readonly Target[];
  /** Customers left out who opted out of marketing. */
  readonly optedOut: number;
  /** Customers left out because it is unknown whether they agreed. */
  readonly unknownConsent: number;
}

/** Options for naming the customers of a list. */
export type TargetOptions =
  | {
      /** Secret of the pseudonyms. */
      readonly key: string;
      readonly plainIds?: false;
    }
  | {
      /** True writes the customers' own ids. */
      readonly plainIds: true;
    };

/**
 * Lists the customers of one segment who may be contacted, under pseudonyms.
 *
 * @throws {RangeError} If the columns differ in length, or the key is empty.
 *
 * @example
 * const customers = {
 *   customerId: ["a", "b", "c"],
 *   segment: ["At Risk", "At Risk", "Champions"],
 *   consent: [true, false, true],
 *   recencyDays: [200, 240, 3],
 *   frequency: [4, 7, 30],
 *   monetary: [120.5, 300, 4000],
 * };
 * const list = targetList(customers, "At Risk", { key: "an example" });
 * list.targets.length; // 1
 * list.optedOut; // 1
 */
export function targetList(columns: TargetColumns, segment: string, options: TargetOptions): TargetList {
  const known: Readonly<Record<"key" | "plainIds", true>> = { key: true, plainIds: true };
  requireKnownOptions("make a target list", options, known);
  const { customerId, consent, recencyDays, frequency, monetary } = columns;
  requireSameLength("a target list", {
    customerId,
    segment: columns.segment,
    recencyDays,
    frequency,
    monetary,
    ...(consent ? { consent } : {}),
  });
  const rows: number[] = [];
  let optedOut = 0;
  let unknownConsent = 0;
  for (let i = 0; i < customerId.length; ++i) {
    if (columns.segment[i] !== segment) continue;
    if (!consent || consent[i] === true) rows.push(i);
    else if (consent[i] === false) ++optedOut;
    else ++unknownConsent;
  }
  const nameOf = options.plainIds ? (id: string) => id : (id: string) => contactKey(id, { key: options.key });
  const named = rows.map((i) => ({
    contactKey: nameOf(customerId[i]),
    recencyDays: recencyDays[i],
    frequency: frequency[i],
    monetary: monetary[i],
  }));
  // By key first, so that equals do not betray the order of the ids.
  named.sort((a, b) => (a.contactKey < b.contactKey ? -1 : a.contactKey > b.contactKey ? 1 : 0));
  const order = argsort(named.map((target) => -target.monetary));
  return {
    segment,
    slug: segmentSlug(segment),
    pseudonymous: !options.plainIds,
    consentKnown: consent !== undefined,
    targets: Array.from(order, (i) => named[i]),
    optedOut,
    unknownConsent,
  };
}

/**
 * Renders a list as CSV: `contact_key` (or `customer_id`), segment, recency_days, frequency, monetary.
 *
 * @example
 * const at = { recencyDays: [200], frequency: [4], monetary: [120.5] };
 * renderTargetList(targetList({ customerId: ["a"], segment: ["At Risk"], ...at }, "At Risk", { plainIds: true }));
 * // "customer_id,segment,recency_days,frequency,monetary\na,At Risk,200,4,120.5\n"
 */
export function renderTargetList({ segment, pseudonymous, targets }: TargetList): string {
  const rows = targets.map((one) => [one.contactKey, segment, one.recencyDays, one.frequency, one.monetary]);
  return csvText(
    [pseudonymous ? "contact_key" : "customer_id", "segment", "recency_days", "frequency", "monetary"],
    rows,
  );
}
