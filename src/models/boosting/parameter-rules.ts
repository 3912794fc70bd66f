import { assertUnreachable, nearest } from "../../errors.js";

/** What one parameter of a native library may be. */
export type ParameterRule =
  | { readonly type: "number"; readonly fits: (value: number) => boolean; readonly needed: string }
  | { readonly type: "flag" }
  | { readonly type: "text" }
  | { readonly type: "choice"; readonly choices: readonly string[] };

/** A library's parameters by name. A text in place of a rule names the option that sets the parameter. */
export type ParameterRules = Readonly<Record<string, ParameterRule | string>>;

/** A whole number from `least`. */
export function whole(least: number): ParameterRule {
  const fits = (value: number) => Number.isInteger(value) && value >= least && value < 2 ** 31;
  return { type: "number", fits, needed: `a whole number from ${least} is needed` };
}

/** A finite number from `least`. */
export function from(least: number): ParameterRule {
  const fits = (value: number) => value >= least && value < Number.POSITIVE_INFINITY;
  return { type: "number", fits, needed: `a finite number from ${least} is needed` };
}

/** A share, with or without 0. */
export function share({ zero = false } = {}): ParameterRule {
  const fits = (value: number) => (zero ? value >= 0 : value > 0) && value <= 1;
  return { type: "number", fits, needed: `a number in ${zero ? "[" : "("}0, 1] is needed` };
}

export const anyNumber: ParameterRule = { type: "number", fits: Number.isFinite, needed: "a finite number is needed" };
export const above0: ParameterRule = {
  type: "number",
  fits: (value) => value > 0 && value < Number.POSITIVE_INFINITY,
  needed: "a finite number above 0 is needed",
};
export const flag: ParameterRule = { type: "flag" };
export const text: ParameterRule = { type: "text" };
export const choice = (...choices: string[]): ParameterRule => ({ type: "choice", choices });

/**
 * Checks parameters at the door, since the libraries look at theirs late, or never, and gives them as texts.
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
      throw new RangeError(`Cannot ${action}: unknown parameter "${name}"${near ? `, did you mean "${near}"` : ""}`);
    }
    if (typeof rule === "string") {
      throw new RangeError(`Cannot ${action}: parameter "${name}" is set by ${rule}, it cannot be given beside it`);
    }
    const problem = problemOf(rule, value);
    if (problem) {
      throw new RangeError(`Cannot ${action}: parameter "${name}" is ${JSON.stringify(value) ?? value}, ${problem}`);
    }
    return [name, typeof value === "boolean" ? String(Number(value)) : String(value)];
  });
}

/** Throws unless the value fits the rule; for options, which have names of their own. */
export function requireOption(action: string, name: string, value: number, rule: ParameterRule): void {
  const problem = problemOf(rule, value);
  if (problem) throw new RangeError(`Cannot ${action}: ${name} is ${value}, ${problem}`);
}

function problemOf(rule: ParameterRule, value: unknown): string | undefined {
  switch (rule.type) {
    case "number":
      return typeof value === "number" && rule.fits(value) ? undefined : rule.needed;
    case "flag":
      return typeof value === "boolean" || value === 0 || value === 1 ? undefined : "true or false is needed";
    case "text":
      return typeof value === "string" ? undefined : "a text is needed";
    case "choice":
      return rule.choices.includes(String(value)) ? undefined : `one of ${rule.choices.join(", ")} is needed`;
    default:
      return assertUnreachable(rule, "rule of a parameter");
  }
}
