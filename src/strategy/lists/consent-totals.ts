import type { TargetList } from "./target-list.js";

/** Size of the contact lists, and the customers who are excluded without consent. */
export interface ConsentTotals {
  /** False if the dataset does not say who agreed to marketing. */
  readonly consentKnown: boolean;
  readonly listed: number;
  readonly optedOut: number;
  readonly unknownConsent: number;
  /** Listed and excluded customers. */
  readonly customers: number;
  /** Excluded customers by segment, of segments that have any. */
  readonly excluded: readonly { readonly segment: string; readonly customers: number }[];
}

/**
 * Adds up the contact lists of segments.
 *
 * @param lists All of them or none know of consent.
 */
export function consentTotals(lists: readonly TargetList[]): ConsentTotals {
  const sum = (of: (list: TargetList) => number) => lists.reduce((total, list) => total + of(list), 0);
  const listed = sum(({ targets }) => targets.length);
  const [optedOut, unknownConsent] = [sum((list) => list.optedOut), sum((list) => list.unknownConsent)];
  return {
    consentKnown: lists.some(({ consentKnown }) => consentKnown),
    listed,
    optedOut,
    unknownConsent,
    customers: listed + optedOut + unknownConsent,
    excluded: lists
      .map((list) => ({ segment: list.segment, customers: list.optedOut + list.unknownConsent }))
      .filter(({ customers }) => customers > 0),
  };
}
