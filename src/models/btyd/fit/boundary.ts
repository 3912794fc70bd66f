/**
 * Reason why the data do not identify all parameters of a fit, with the number that they do identify. `boundaryInWords`
 * of the reports makes a sentence of it.
 */
export type Boundary =
  | {
      readonly code: /** The likelihood is flat in some direction. */
        | "not_identified"
        /** The likelihood is no higher than that of the NBD, whose customers never leave. */
        | "no_dropout"
        /** The chance to leave tends to 0 (BG/BB). */
        | "no_dropout_chance"
        /** Customers do not differ in their purchase rate. */
        | "purchase_rates_alike"
        /** Customers do not differ in their chance to buy (BG/BB). */
        | "purchase_chances_alike"
        /** Customers do not differ in their chance to leave (BG/BB). */
        | "opportunity_dropout_alike"
        /** Customers leave at once or hardly ever (Pareto/NBD). */
        | "dropout_at_once_or_never"
        /** Customers leave at the first chance or never (BG/NBD). */
        | "dropout_first_or_never"
        /** Everyone leaves at the first chance (BG/NBD). */
        | "dropout_first"
        /** Customers do not differ in their chance to lapse (sBG). */
        | "lapse_chances_alike"
        /** Customers do not differ in their mean spend (Gamma-Gamma). */
        | "spend_alike"
        /** The purchases of a customer do not differ in amount (Gamma-Gamma). */
        | "amounts_alike";
    }
  /** Customers do not differ in the rate at which they leave, per unit of time (Pareto/NBD). */
  | { readonly code: "dropout_rates_alike"; readonly rate: number }
  /** Customers do not differ in their chance to leave after a purchase (BG/NBD). */
  | { readonly code: "dropout_chances_alike"; readonly chance: number }
  /** The mean spend of the population is infinite, because q is at most 1 (Gamma-Gamma). */
  | { readonly code: "infinite_mean_spend"; readonly q: number };
