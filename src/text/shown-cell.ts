import { maskedValue } from "./masked-value.js";

/**
 * Returns a cell of a column of times or numbers as an error quotes it: plain if it can only be a failed time or number,
 * else masked, since a file whose columns have moved has names and addresses there.
 *
 * @example
 * shownCell("31.02.2024x"); // "31.02.2024x"
 * shownCell("1 Mai 2024, 9:30 PM"); // "1 Mai 2024, 9:30 PM"
 * shownCell("Anna Schmidt +49 170 123456"); // "A…6"
 */
export function shownCell(text: string): string {
  return isTimeOrNumber(text) ? text : maskedValue(text);
}

function isTimeOrNumber(text: string): boolean {
  if (!/^[\p{L}\p{N}\p{Sc}\s.,:;/'’+()%-]*$/u.test(text) || PHONE.test(text)) return false;
  const found = text.match(/\p{L}+/gu) ?? [];
  if (found.join("").length > 12) return false;
  return found.every((word) => word.length === 1 || knownWords().has(word.toLowerCase()));
}

/** Numbers with a country code, or with a leading zero and no sign of a time or amount. */
const PHONE = /^\s*(?:\+|00)[\d\s()/.-]{7,}$|^\s*\(?0\d{2,}\)?[\s/-]*\d[\d\s-]{4,}$/;

let words: ReadonlySet<string> | undefined;

/** Words of times and numbers, and of missing ones, in lower case. */
function knownWords(): ReadonlySet<string> {
  words ??= new Set([
    ..."am pm utc gmt cet cest est edt pst pdt st nd rd th of de um uhr".split(" "),
    ..."eur usd gbp chf jpy kr nan null none na inf infinity true false yes no never unknown missing".split(" "),
    ...LOCALES.flatMap((locale) => namesIn(locale, { month: "long" })),
    ...LOCALES.flatMap((locale) => namesIn(locale, { month: "short" })),
    ...LOCALES.flatMap((locale) => namesIn(locale, { weekday: "short" })),
  ]);
  return words;
}

const LOCALES = ["en", "de", "fr", "es", "it", "nl", "pt", "pl", "sv"];

/** Names of months or weekdays, from twelve days: one in each month, and together on all weekdays. */
function namesIn(locale: string, options: Intl.DateTimeFormatOptions): string[] {
  const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" });
  return Array.from({ length: 12 }, (_, i) => format.format(Date.UTC(2024, i, 1 + ((6 * i) % 28))))
    .flatMap((name) => name.match(/\p{L}+/gu) ?? [])
    .map((name) => name.toLowerCase());
}
