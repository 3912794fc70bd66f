/** Customers in each arm. */
export interface ArmSizes {
  readonly test: number;
  readonly control: number;
}

/**
 * Divides a number of customers into a test and a control group.
 *
 * @param testShare Share of them in the test group.
 * @param doing What it is for, in messages.
 * @throws {RangeError} If `testShare` is not in (0, 1), the number of customers is not whole, or an arm would be empty.
 */
export function armSizes(customers: number, testShare: number, doing: "plan" | "split"): ArmSizes {
  if (!(0 < testShare && testShare < 1)) {
    throw new RangeError(`Cannot ${doing} an experiment: testShare is ${testShare}; expected a share in (0, 1)`);
  }
  if (!Number.isSafeInteger(customers)) {
    throw new RangeError(`Cannot ${doing} an experiment: there are ${customers} customers; expected a whole number`);
  }
  const test = Math.round(testShare * customers);
  if (!(test > 0 && test < customers)) {
    throw new RangeError(
      `Cannot ${doing} an experiment: a share of ${testShare} of ${customers} customers leaves an arm empty; use more customers or a share nearer 0.5`,
    );
  }
  return { test, control: customers - test };
}
