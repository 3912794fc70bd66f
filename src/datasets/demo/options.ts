import { type OptionNames, requireKnownOptions } from "../../errors.js";
import { dateOfEpochDay, epochDay } from "../../text/index.js";

/** Options for generating the demo. */
export interface DemoOptions {
  /** Random seed. Required, so that every demo is reproducible. */
  readonly seed: number;
  /** Customers with at least one order, from 1 to 1,000,000; defaults to 5,000. */
  readonly customers?: number;
  /** The last day of the data, `YYYY-MM-DD`; defaults to 2025-12-31. */
  readonly endOn?: string;
  /** Days of data, from 366 to 3,653; defaults to 1,096, the three years 2023 to 2025. */
  readonly days?: number;
  /** Without growth and change of behaviour; defaults to false. */
  readonly stationary?: boolean;
  /** Adds the errors of a real export; defaults to true. Returns and missing personal details occur either way. */
  readonly dirt?: boolean;
  /** Sends offers; defaults to true. */
  readonly contacts?: boolean;
  /** Observation cutoff of the truth, at most `endOn`; defaults to `endOn`. */
  readonly truthAt?: string;
}

/** The names of {@link DemoOptions}. */
export const demoOptions: OptionNames<DemoOptions> = {
  seed: true,
  customers: true,
  endOn: true,
  days: true,
  stationary: true,
  dirt: true,
  contacts: true,
  truthAt: true,
};

/** Fills in the defaults and checks every option. */
export function requireDemoOptions(options: DemoOptions): Required<DemoOptions> {
  requireKnownOptions("make the demo", options, demoOptions);
  const {
    seed,
    customers = 5000,
    endOn = "2025-12-31",
    days = 1096,
    stationary = false,
    dirt = true,
    contacts = true,
    truthAt = endOn,
  } = options;
  const refuse = (what: string) => new RangeError(`Cannot make the demo: ${what}`);
  if (!(Number.isSafeInteger(seed) && seed >= 0)) throw refuse(`seed is ${seed}; expected a whole number, at least 0`);
  if (!(Number.isInteger(customers) && customers >= 1 && customers <= 1_000_000)) {
    throw refuse(`customers is ${customers}; expected a whole number from 1 to 1000000`);
  }
  if (!(Number.isInteger(days) && days >= 366 && days <= 3653)) {
    throw refuse(`days is ${days}; expected a whole number from 366 to 3653`);
  }
  const lastDay = epochDay(endOn);
  const truthDay = epochDay(truthAt);
  if (!(truthDay > lastDay - days && truthDay <= lastDay)) {
    const first = dateOfEpochDay(lastDay - days + 1);
    throw refuse(`truthAt is "${truthAt}"; expected a day from "${first}" to "${endOn}"`);
  }
  return { seed, customers, endOn, days, stationary, dirt, contacts, truthAt };
}
