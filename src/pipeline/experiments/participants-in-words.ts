import { numberTexts } from "../../number-texts.js";
import type { Participants } from "./load-participants.js";

/** Who may take part, and who was left out. */
export function participantsInWords(
  { ids, refused, unknownConsent, consentKnown }: Participants,
  { segment, asOf, locale }: { readonly segment: string; readonly asOf: string; readonly locale: string },
): string[] {
  const { count } = numberTexts({ locale });
  const all = ids.length + refused + unknownConsent;
  const who = segment === "everyone" ? `as of ${asOf} there are` : `as of ${asOf} "${segment}" has`;
  if (!consentKnown) {
    return [`${who} ${count(all)} customers; the dataset does not say who agreed to marketing, so all may take part`];
  }
  return [
    `${who} ${count(all)} customers, of whom ${count(ids.length)} may take part: ${count(refused)} refused marketing, ${count(unknownConsent)} gave no answer`,
  ];
}
