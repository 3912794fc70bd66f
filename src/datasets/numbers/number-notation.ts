import { quotedText } from "../../engine/index.js";

/** Notation of the numbers of a column: 1,234.56 or 1.234,56, plain or with signs of a currency. */
export interface NumberNotation {
  readonly decimal: "." | ",";
  /** True if the engine reads every number as it stands. */
  readonly plain: boolean;
  /** True if the source has numbers beside texts: what the engine reads as it stands is such a number. */
  readonly typed?: boolean;
  /** What may stand with a number: the sign of a currency with money, a percent sign with other numbers. */
  readonly unit?: "currency" | "percent";
}

/** A sign, an abbreviation or a code of a currency, as exports put it before or after an amount. */
const CURRENCY = "(?:[A-Z]{0,3}\\p{Sc}|[A-Z]{3}|kr\\.?|zł|Kč|Fr\\.?|Ft|lei|Rs\\.?|лв\\.?)";
const MINUS = "[-−–]";
/** Blanks and apostrophes stand between thousands in both notations; Indian numbers have groups of two. */
const NUMBERS = {
  ".": "[0-9]{1,3}(?:[,'’\\s\\x{00A0}\\x{202F}][0-9]{3})+(?:\\.(?:[0-9]*|[-−–]{1,2}))?|[0-9]{1,2}(?:,[0-9]{2})*,[0-9]{3}(?:\\.(?:[0-9]*|[-−–]{1,2}))?|[0-9]+(?:\\.(?:[0-9]*|[-−–]{1,2}))?|\\.[0-9]+",
  ",": "[0-9]{1,3}(?:[.'’\\s\\x{00A0}\\x{202F}][0-9]{3})+(?:,(?:[0-9]*|[-−–]{1,2}))?|[0-9]+(?:,(?:[0-9]*|[-−–]{1,2}))?|,[0-9]+",
} as const;
/** A group that matches nothing, so that groups keep their numbers. */
const NOTHING = "[^\\x{0}-\\x{10FFFF}]";
const GAP = "[\\s\\x{00A0}\\x{202F}]*";

/** Regular expression of a number with its signs: group 1 is a currency in front, 2 the number, 3 what follows it. */
function formOf(decimal: "." | ",", unit: NumberNotation["unit"]): string {
  const before = unit === "currency" ? CURRENCY : NOTHING;
  const after = unit === "currency" ? CURRENCY : unit === "percent" ? "%" : NOTHING;
  const sign = `(?:${MINUS}|\\+)?`;
  return `\\(?${sign}${GAP}(${before})?${GAP}${sign}${GAP}(${NUMBERS[decimal]})${MINUS}?${GAP}(${after}|)${GAP}${MINUS}?\\)?`;
}

/** Returns SQL that is true for a text that is a number in a notation. */
export function isNumber(raw: string, decimal: "." | ",", unit?: NumberNotation["unit"]): string {
  return `regexp_full_match(${raw}, ${quotedText(formOf(decimal, unit))})`;
}

/** Returns SQL of the sign or code of a currency in a number's text; empty if it has none. */
export function currencySign(raw: string, decimal: "." | ","): string {
  const part = (group: number) => `regexp_extract(${raw}, ${quotedText(`^${formOf(decimal, "currency")}$`)}, ${group})`;
  return `concat(${part(1)}, ${part(3)})`;
}

/** Returns SQL of the number in a text; null if it has none. A trailing minus and brackets make it negative, % a share. */
export function notedNumber(raw: string, { decimal, plain, typed = false, unit }: NumberNotation): string {
  const asIs = `TRY_CAST(${raw} AS DECIMAL(18, 4))`;
  if (plain) return asIs;
  const form = quotedText(`^${formOf(decimal, unit)}$`);
  const digits = `regexp_replace(regexp_extract(${raw}, ${form}, 2), '[^0-9${decimal}]', '', 'g')`;
  const value = `TRY_CAST(replace(${digits}, ',', '.') AS DECIMAL(18, 4))`;
  // A dash after the mark stands for no cents: 199,-.
  const sign = `CASE WHEN regexp_matches(regexp_replace(${raw}, '[.,][-−–]{1,2}', ''), '[(−–-]') THEN -1 ELSE 1 END`;
  const scale = `CASE WHEN ends_with(${raw}, '%') THEN 0.01 ELSE 1 END`;
  const noted = `CASE WHEN ${isNumber(raw, decimal, unit)} THEN CAST(${value} * ${sign} * ${scale} AS DECIMAL(18, 4)) END`;
  return decimal === "." || typed ? `COALESCE(${asIs}, ${noted})` : noted;
}
