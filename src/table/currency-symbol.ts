/**
 * Returns the short symbol of a currency, which may be that of others too; its code if it has none.
 *
 * @example
 * currencySymbol("USD"); // "$"
 */
export function currencySymbol(currency: string): string {
  const parts = new Intl.NumberFormat("en", {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
  }).formatToParts(0);
  return parts.find(({ type }) => type === "currency")?.value ?? currency;
}
