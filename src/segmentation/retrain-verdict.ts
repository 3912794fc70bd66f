/** What speaks for fitting segments anew. */
export interface RetrainFacts {
  /** Days since the last fit. */
  readonly daysSinceFit: number;
  /** That sizes drifted, see `sizeDrift`. */
  readonly sizesDrifted: boolean;
  /** Mean silhouette of the present customers. */
  readonly silhouette: number;
}

/** Whether to fit anew, and by which rules. */
export interface RetrainVerdict {
  readonly retrain: boolean;
  /** One sentence per rule that fired. */
  readonly reasons: readonly string[];
}

/** Fits anew after 30 days, when sizes drifted by more than 20 %, or when the silhouette is below 0.3. */
export function retrainVerdict({ daysSinceFit, sizesDrifted, silhouette }: RetrainFacts): RetrainVerdict {
  const reasons = [
    ...(daysSinceFit >= 30 ? [`The fit is ${daysSinceFit} days old, 30 is the limit.`] : []),
    ...(sizesDrifted ? ["Segment sizes changed by more than 20 % and more than chance explains."] : []),
    ...(silhouette < 0.3 ? [`The silhouette is ${silhouette.toFixed(3)}, below 0.3.`] : []),
  ];
  return { retrain: reasons.length > 0, reasons };
}
