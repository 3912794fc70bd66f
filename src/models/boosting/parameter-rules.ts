import { assertUnreachable, nearest } from "../../errors.js";

/** Values allowed for one parameter of a native library. */
export type ParameterRule =
  | { readonly type: "number"; readonly fits: (value: number) => boolean; readonly expected: string }
  | { readonly type: "flag" }
  | { readonly type: "text" }
  | { readonly type: "choice"; readonly choices: readonly string[] };

/** A library's parameters by name. A text in place of a rule names the option that sets the parameter. */
export type ParameterRules = Readonly<Record<string, ParameterRule | string>>;

/** Allows integers of at least `least`. */
export function integerFrom(least: number): ParameterRule {
  const fits = (value: number) => Number.isInteger(value) && value >= least && value < 2 ** 31;
  return { type: "number", fits, expected: `expected an integer of at least ${least}` };
}

/** Allows finite numbers of at least `least`. */
export function numberFrom(least: number): ParameterRule {
  const fits = (value: number) => value >= least && value < Number.POSITIVE_INFINITY;
  return { type: "number", fits, expected: `expected a finite number of at least ${least}` };
}

/** Allows fractions up to 1, with or without 0. */
export function fraction({ zero = false } = {}): ParameterRule {
  const fits = (value: number) => (zero ? value >= 0 : value > 0) && value <= 1;
  return { type: "number", fits, expected: `expected a number in ${zero ? "[" : "("}0, 1]` };
}

export const anyNumber: ParameterRule = { type: "number", fits: Number.isFinite, expected: "expected a finite number" };
export const positive: ParameterRule = {
  type: "number",
  fits: (value) => value > 0 && value < Number.POSITIVE_INFINITY,
  expected: "expected a finite number greater than 0",
};
export const flag: ParameterRule = { type: "flag" };
export const text: ParameterRule = { type: "text" };
export const choice = (...choices: string[]): ParameterRule => ({ type: "choice", choices });

/**
 * Checks parameters and returns them as strings. The libraries check theirs late or never.
 *
 * @throws {RangeError} If one is unknown, is set by an option, or has a value that it cannot have.
 */
export function checkParameters(
  action: string,
  parameters: Readonly<Record<string, string | number | boolean>>,
  rules: ParameterRules,
): [string, string][] {
  return Object.entries(parameters).map(([name, value]) => {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (rule === undefined) {
      const near = nearest(name, Object.keys(rules));
      throw new RangeError(`Cannot ${action}: unknown parameter "${name}"${near ? `; did you mean "${near}"?` : ""}`);
    }
    if (typeof rule === "string") {
      throw new RangeError(`Cannot ${action}: parameter "${name}" is set by ${rule}; remove it from parameters`);
    }
    const problem = problemOf(rule, value);
    if (problem) {
      throw new RangeError(`Cannot ${action}: parameter "${name}" is ${JSON.stringify(value) ?? value}; ${problem}`);
    }
    // LightGBM does not read 1 as true.
    return [name, String(rule.type === "flag" ? Boolean(value) : value)];
  });
}

/** Throws unless the value fits the rule; for options, which have names of their own. */
export function requireOption(action: string, name: string, value: number, rule: ParameterRule): void {
  const problem = problemOf(rule, value);
  if (problem) throw new RangeError(`Cannot ${action}: ${name} is ${value}; ${problem}`);
}

function problemOf(rule: ParameterRule, value: unknown): string | undefined {
  switch (rule.type) {
    case "number":
      return typeof value === "number" && rule.fits(value) ? undefined : rule.expected;
    case "flag":
      return typeof value === "boolean" || value === 0 || value === 1 ? undefined : "expected true or false";
    case "text":
      return typeof value === "string" ? undefined : "expected a string";
    case "choice":
      return rule.choices.includes(String(value)) ? undefined : `expected one of ${rule.choices.join(", ")}`;
    default:
      return assertUnreachable(rule, "rule of a parameter");
  }
}
