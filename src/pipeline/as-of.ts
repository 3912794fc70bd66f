import { checkedDay, epochDay } from "../text/index.js";

/** Facts of a dataset that limit the day. */
export interface AsOfFacts {
  /** Day of the last order. */
  readonly lastOrder: string;
  /** The dataset's own default, if it has one. */
  readonly defaultAsOf?: string | undefined;
  /** Day of the import: nothing later can be known. */
  readonly importedOn: string;
}

/** The day that counts, and what is to be said of it. */
export interface AsOf {
  readonly asOf: string;
  readonly remarks: readonly string[];
}

/**
 * Requires a calendar day that the data may cover.
 *
 * @throws {RangeError} If it is not a calendar day, or lies after the day of the import.
 */
export function requireKnownDay(day: string, importedOn: string): string {
  const asOf = checkedDay(day);
  if (asOf > importedOn) {
    throw new RangeError(
      `Cannot use the day ${asOf}: the data were imported on ${importedOn}; use that day or an earlier one`,
    );
  }
  return asOf;
}

/**
 * Resolves the last visible day: the requested day, else the dataset's default, else the day of the last order.
 *
 * @throws {RangeError} If it is not a calendar day, or lies after the day of the import.
 *
 * @example
 * resolveAsOf(undefined, {lastOrder: "2011-12-09", importedOn: "2026-01-01"}).asOf; // "2011-12-09"
 */
export function resolveAsOf(asked: string | undefined, { lastOrder, defaultAsOf, importedOn }: AsOfFacts): AsOf {
  const asOf = requireKnownDay(asked ?? defaultAsOf ?? lastOrder, importedOn);
  const late = epochDay(asOf) - epochDay(lastOrder);
  return {
    asOf,
    remarks: [
      ...(asked === undefined
        ? [`as of ${asOf}, ${defaultAsOf ? "the dataset's default" : "the day of the last order"}`]
        : []),
      ...(late > 31
        ? [`warning: ${asOf} is ${late} days after the last order (${lastOrder}), so every customer looks lapsed`]
        : []),
    ],
  };
}
