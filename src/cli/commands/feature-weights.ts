import { nearest } from "../../errors.js";
import { CliError } from "../cli-error.js";

/**
 * Weights of features as `--weights` gives them.
 *
 * @param features Those that clusters are made of.
 * @throws {CliError} If a part is no name=number, the name is none of the features or comes twice, or the number is not
 * above 0.
 *
 * @example
 * featureWeights("monetary=2", { features: ["frequency", "monetary"] }); // { monetary: 2 }
 */
export function featureWeights(
  given: string | undefined,
  { features }: { readonly features: readonly string[] },
): Readonly<Record<string, number>> {
  const weights = new Map<string, number>();
  for (const part of given?.split(",") ?? []) {
    const { name, number } = /^\s*(?<name>[^=]*[^=\s])\s*=\s*(?<number>[^=]*?)\s*$/.exec(part)?.groups ?? {};
    const refuse = (what: string) => new CliError(`Cannot use --weights ${given}: ${what}`, 2);
    if (!name) throw refuse(`"${part.trim()}" is no name=number, such as monetary=2`);
    if (!features.includes(name)) {
      const near = nearest(name, features);
      const meant = near === undefined ? "" : `, did you mean "${near}"?`;
      throw refuse(`there is no feature "${name}"${meant}; clusters are made of ${features.join(", ")}`);
    }
    if (weights.has(name)) throw refuse(`"${name}" has two weights, one is needed`);
    const weight = /^(\d+\.?\d*|\.\d+)$/.test(number) ? Number(number) : Number.NaN;
    if (!(0 < weight && weight < Number.POSITIVE_INFINITY)) {
      throw refuse(`the weight of "${name}" is ${number ? `"${number}"` : "empty"}, a number above 0 is needed`);
    }
    weights.set(name, weight);
  }
  return Object.fromEntries(weights);
}
