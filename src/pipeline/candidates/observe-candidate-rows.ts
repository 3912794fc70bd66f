import { requireKnownOptions } from "../../errors.js";
import type { FeaturesRequest, Label, Observations } from "../../features/index.js";
import type { CandidateRows } from "./candidate-rows.js";

/**
 * Observes days in one pass and returns their rows by day, with purchase histories.
 *
 * @throws {RangeError} If a day lies after the observations, or the horizon of its label is not closed.
 */
export async function observeCandidateRows(
  observations: Observations,
  request: FeaturesRequest & { readonly label: Label },
): Promise<(days: string | readonly string[]) => CandidateRows> {
  requireKnownOptions("observe candidate rows", request, { at: true, features: true, label: true });
  const { at, features = "all", label } = request;
  const rows = await observations.rows({ at, features, label });
  const { customerIds, asOf, x, t_x, T, m_x } = await observations.purchaseHistories({ at });
  const place = new Map(customerIds.map((id, i) => [`${asOf[i]} ${id}`, i]));
  return (days) => {
    const { X, y, ...of } = rows.at(days);
    const places = of.customerIds.map((id, i) => place.get(`${of.asOf[i]} ${id}`) as number);
    const pick = (values: Float64Array) => Float64Array.from(places, (i) => values[i]);
    const histories = { x: pick(x), t_x: pick(t_x), T: pick(T), m_x: pick(m_x) };
    return { X, y, customerIds: of.customerIds, asOf: of.asOf, histories };
  };
}
