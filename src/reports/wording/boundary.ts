import type { Boundary } from "../../models/index.js";
import type { NumberTexts } from "../../table/index.js";

/** The sentences of the reasons without a number. */
const SENTENCES = {
  not_identified: "the parameters are not identified: the likelihood is flat in some direction",
  no_dropout:
    "no evidence of dropout: the likelihood is no higher than that of the NBD, whose customers never leave, so everyone counts as alive",
  no_dropout_chance: "no evidence of dropout: the chance to leave tends to 0, so everyone counts as alive",
  purchase_rates_alike: "no evidence that purchase rates differ between customers: r and alpha grow together",
  purchase_chances_alike: "no evidence that customers differ in how often they buy: alpha and beta grow together",
  opportunity_dropout_alike: "no evidence that customers differ in how soon they leave: gamma and delta grow together",
  dropout_at_once_or_never: "customers leave at once or hardly ever: beta tends to 0",
  dropout_first_or_never: "customers leave at the first chance or never: a and b tend to 0",
  dropout_first: "everyone leaves at the first chance: a / (a + b) tends to 1",
  lapse_chances_alike: "no evidence that customers differ in how soon they lapse: alpha and beta grow together",
  spend_alike: "no evidence that customers differ in what they spend: q and v grow together",
  amounts_alike: "no evidence that a customer's purchases differ in amount: p grows as v shrinks",
} as const;

/**
 * States why the data do not identify all parameters of a fitted purchase or spend model.
 *
 * @example
 * boundaryInWords({ code: "dropout_first" }, numberTexts()); // "everyone leaves at the first chance: a / (a + b) tends to 1"
 */
export function boundaryInWords(boundary: Boundary, { number }: NumberTexts): string {
  const write = (value: number) => number(value, digitsOfThree(value));
  switch (boundary.code) {
    case "dropout_rates_alike":
      return `no evidence that customers differ in how soon they leave: s and beta grow together, with s / beta at ${write(boundary.rate)}`;
    case "dropout_chances_alike":
      return `no evidence that the chance to leave differs between customers: a and b grow together, with a / (a + b) at ${write(boundary.chance)}`;
    case "infinite_mean_spend":
      return `the mean of the population is infinite: q is ${write(boundary.q)}, so the mean over the observed purchases replaces it`;
    default:
      return SENTENCES[boundary.code];
  }
}

/** Digits after the point that show three significant ones. */
function digitsOfThree(value: number): number {
  return value > 0 ? Math.min(Math.max(2 - Math.floor(Math.log10(value)), 0), 15) : 2;
}
