import { type Conventions, numberTexts } from "../../table/index.js";
import { EVERYONE } from "./choose-segment.js";
import type { Participants } from "./load-participants.js";

/** Who may take part, and who was left out, in a line. */
export function participantsInWords(
  { ids, refused, unknownConsent, consentKnown }: Participants,
  { segment, asOf, locale }: Partial<Conventions> & { readonly segment: string; readonly asOf: string },
): string {
  const { count } = numberTexts(locale === undefined ? {} : { locale });
  const all = ids.length + refused + unknownConsent;
  const who = segment === EVERYONE ? `as of ${asOf} there are` : `as of ${asOf} "${segment}" has`;
  if (!consentKnown) {
    return `${who} ${count(all)} customers; the dataset does not say who agreed to marketing, so all may take part`;
  }
  return `${who} ${count(all)} customers, of whom ${count(ids.length)} may take part: ${count(refused)} refused marketing, ${count(unknownConsent)} gave no answer`;
}
