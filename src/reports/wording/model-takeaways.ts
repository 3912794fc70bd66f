import { type Conventions, formatValue, numberTexts } from "../../table/index.js";

/** Results that the takeaways are drawn from. */
export interface ModelFacts {
  /** Name of the candidate that was chosen. */
  readonly choice: string;
  /** ROC AUC on the test day, with its interval. */
  readonly auc: { readonly value: number; readonly lower: number; readonly upper: number };
  /** The test day, `YYYY-MM-DD`, and its customers. */
  readonly test: { readonly day: string; readonly customers: number };
  /** Mean absolute SHAP values by feature. */
  readonly contributions: readonly { readonly feature: string; readonly importance: number }[];
}

/** Sums up a churn model in sentences: the choice, its quality on the test day, and the features that it relies on. */
export function modelTakeaways(
  { choice, auc, test, contributions }: ModelFacts,
  conventions: Partial<Conventions> = {},
): string[] {
  const { count, number } = numberTexts(conventions);
  const [first, second] = [...contributions].sort((a, b) => b.importance - a.importance);
  const day = formatValue(test.day, { kind: "date" }, conventions);
  const ranks =
    auc.lower > 0.5
      ? "ranks churned customers better than chance"
      : "is not shown to rank churned customers better than chance";
  return [
    `The comparison chooses "${choice}".`,
    `On ${day}, which it has not seen, the model ${ranks}: ROC AUC ${number(auc.value, 3)}, between ${number(auc.lower, 3)} and ${number(auc.upper, 3)} (${count(test.customers)} customers).`,
    ...(first ? [`It relies most on ${first.feature}${second ? `, then on ${second.feature}` : ""}.`] : []),
  ];
}
