import { cardNumber, withCard } from "../../../table/index.js";
import type { FitSummary } from "./fit.js";

/** A fitted model, as its card shows it. */
interface Carded extends FitSummary {
  readonly unit?: string;
  readonly parameters: Readonly<Record<string, number>>;
  readonly standardErrors: Readonly<Record<string, number>> | null;
}

/** Makes the console show a fitted model as a card: parameters with standard errors, customers, log-likelihood. */
export function withFitCard<Model extends Carded>(title: string, model: Model): Model {
  const { parameters, standardErrors, customers, logLikelihood, converged, boundary, unit } = model;
  const written = Object.entries(parameters).map(([name, value]) => {
    const error = standardErrors?.[name];
    return [name, cardNumber(value) + (error === undefined ? "" : ` ± ${cardNumber(error)}`)];
  });
  return withCard(model, {
    title: `${title}, fitted to ${customers} customers`,
    facts: {
      ...Object.fromEntries(written),
      "log-likelihood": logLikelihood,
      "unit of time": unit,
      converged,
      boundary: boundary?.code,
    },
  });
}
