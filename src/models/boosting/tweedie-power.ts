/** The parameter of both libraries for the power of Tweedie's variance, where one is given. */
export function tweediePower(action: string, objective: string, power: number | undefined): [string, string][] {
  if (power === undefined) return [];
  if (objective !== "tweedie") {
    throw new RangeError(`Cannot ${action}: tweedieVariancePower is given, objective: "tweedie" is needed for it`);
  }
  if (!(power > 1 && power < 2)) {
    throw new RangeError(`Cannot ${action}: tweedieVariancePower is ${power}, a number in (1, 2) is needed`);
  }
  return [["tweedie_variance_power", String(power)]];
}
