import { quotedText } from "../../engine/index.js";

/** Notation of the numbers of a column: 1,234.56 or 1.234,56, plain or with signs of a currency. */
export interface NumberNotation {
  readonly decimal: "." | ",";
  /** True if the engine reads every number as it stands. */
  readonly plain: boolean;
}

/** A sign, an abbreviation or a code of a currency, as exports put it before or after an amount. */
const CURRENCY = "(?:[A-Z]{0,3}\\p{Sc}|[A-Z]{3}|kr\\.?|zł|Kč|Fr\\.?|Ft|lei|Rs\\.?|лв\\.?)";
const MINUS = "[-−–]";
/** Blanks and apostrophes stand between thousands in both notations; Indian numbers have groups of two. */
const NUMBERS = {
  ".": "[0-9]{1,3}(?:[,'’\\s\\x{00A0}\\x{202F}][0-9]{3})+(?:\\.[0-9]*)?|[0-9]{1,2}(?:,[0-9]{2})*,[0-9]{3}(?:\\.[0-9]*)?|[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+",
  ",": "[0-9]{1,3}(?:[.'’\\s\\x{00A0}\\x{202F}][0-9]{3})+(?:,[0-9]*)?|[0-9]+(?:,[0-9]*)?|,[0-9]+",
} as const;
const GAP = "[\\s\\x{00A0}\\x{202F}]*";

/** Regular expression of a number with its signs: group 1 is a currency in front, 2 the number, 3 what follows it. */
function formOf(decimal: "." | ","): string {
  const sign = `(?:${MINUS}|\\+)?`;
  return `\\(?${sign}${GAP}(${CURRENCY})?${GAP}${sign}${GAP}(${NUMBERS[decimal]})${MINUS}?${GAP}(${CURRENCY}|%|)${GAP}${MINUS}?\\)?`;
}

/** Returns SQL that is true for a text that is a number in a notation. */
export function isNumber(raw: string, decimal: "." | ","): string {
  return `regexp_full_match(${raw}, ${quotedText(formOf(decimal))})`;
}

/** Returns SQL of the sign or code of a currency in a number's text; empty if it has none. */
export function currencySign(raw: string, decimal: "." | ","): string {
  const part = (group: number) => `regexp_extract(${raw}, ${quotedText(`^${formOf(decimal)}$`)}, ${group})`;
  return `replace(concat(${part(1)}, ${part(3)}), '%', '')`;
}

/** Returns SQL of the number in a text; null if it has none. A trailing minus and brackets make it negative, % a share. */
export function notedNumber(raw: string, { decimal, plain }: NumberNotation): string {
  const asIs = `TRY_CAST(${raw} AS DECIMAL(18, 4))`;
  if (plain) return asIs;
  const form = quotedText(`^${formOf(decimal)}$`);
  const digits = `regexp_replace(regexp_extract(${raw}, ${form}, 2), '[^0-9${decimal}]', '', 'g')`;
  const value = `TRY_CAST(replace(${digits}, ',', '.') AS DECIMAL(18, 4))`;
  const sign = `CASE WHEN regexp_matches(${raw}, '[(−–-]') THEN -1 ELSE 1 END`;
  const scale = `CASE WHEN ends_with(${raw}, '%') THEN 0.01 ELSE 1 END`;
  const noted = `CASE WHEN ${isNumber(raw, decimal)} THEN CAST(${value} * ${sign} * ${scale} AS DECIMAL(18, 4)) END`;
  return decimal === "." ? `COALESCE(${asIs}, ${noted})` : noted;
}
