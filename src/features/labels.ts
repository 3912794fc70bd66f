/** Outcome of customers in the days after they were observed. */
export interface Label {
  readonly kind: "churned" | "boughtAgain" | "orders" | "spend";
  /** The label covers the days as_of + 1 to as_of + horizonDays. */
  readonly horizonDays: number;
  /** Category of the spend; absent for that on everything. */
  readonly category?: string;
}

/**
 * Labels customers without an order in the horizon 1, the others 0.
 *
 * @throws {RangeError} If `horizonDays` is not a whole number of at least 1.
 *
 * @example
 * churned(90); // { kind: "churned", horizonDays: 90 }
 */
export function churned(horizonDays: number): Label {
  return label("churned", horizonDays);
}

/** Labels customers with an order in the horizon 1, the others 0. */
export function boughtAgain(horizonDays: number): Label {
  return label("boughtAgain", horizonDays);
}

/** Labels customers by their number of orders in the horizon. */
export function orders(horizonDays: number): Label {
  return label("orders", horizonDays);
}

/** Labels customers by their spend in the horizon, before returns, in the dataset's currency. */
export function spend(horizonDays: number): Label {
  return label("spend", horizonDays);
}

/** Labels customers by their spend on a product category in the horizon, before returns, in the dataset's currency. */
export function spendOn(category: string, horizonDays: number): Label {
  return { ...label("spend", horizonDays), category };
}

/** Throws unless a horizon is a whole number of days, at least 1. */
export function requireHorizon(horizonDays: number): void {
  if (Number.isInteger(horizonDays) && horizonDays >= 1) return;
  throw new RangeError(`Cannot label: horizonDays is ${horizonDays}; expected a whole number, at least 1`);
}

function label(kind: Label["kind"], horizonDays: number): Label {
  requireHorizon(horizonDays);
  return { kind, horizonDays };
}
