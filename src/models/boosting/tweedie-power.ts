/** The parameter of both libraries for the power of Tweedie's variance, where one is given. */
export function tweediePower(action: string, objective: string, power: number | undefined): [string, string][] {
  if (power === undefined) return [];
  if (objective !== "tweedie") {
    throw new RangeError(
      `Cannot ${action}: tweedieVariancePower is only for the Tweedie objective; use objective: "tweedie"`,
    );
  }
  if (!(power > 1 && power < 2)) {
    throw new RangeError(`Cannot ${action}: tweedieVariancePower is ${power}; expected a number in (1, 2)`);
  }
  return [["tweedie_variance_power", String(power)]];
}
