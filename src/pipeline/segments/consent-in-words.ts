import type { TargetList } from "../../strategy/index.js";
import { numberTexts } from "../../table/index.js";

/**
 * Reports the size of the lists and the customers excluded without consent, in one line.
 *
 * @param lists At least one; none or all of them know of consent.
 */
export function consentInWords(lists: readonly TargetList[], { locale }: { readonly locale: string }): string {
  const { count } = numberTexts({ locale });
  const sum = (of: (list: TargetList) => number) => lists.reduce((total, list) => total + of(list), 0);
  const listed = sum(({ targets }) => targets.length);
  if (!lists[0].consentKnown) {
    return `Lists: all ${count(listed)} customers, since the dataset does not say who agreed to marketing`;
  }
  const [refused, unknown] = [sum((list) => list.refused), sum((list) => list.unknownConsent)];
  const without = lists
    .filter((list) => list.refused + list.unknownConsent > 0)
    .map((list) => `${list.segment} ${count(list.refused + list.unknownConsent)}`);
  const who = without.length ? ` (${without.join(", ")})` : "";
  return `Lists: ${count(listed)} of ${count(listed + refused + unknown)} customers; excluded: ${count(refused)} opted out, ${count(unknown)} without recorded consent${who}`;
}
