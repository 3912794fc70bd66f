/** Passed to every fit of a backtest. */
export interface FitContext {
  readonly seed: number;
  /** Threads that one fit may use. */
  readonly threads: number;
  readonly signal: AbortSignal | undefined;
  /** Takes the share of the fit that is done, in [0, 1]. */
  readonly onProgress: (share: number) => void;
}

/** Anything that can be fitted on rows and predict rows, baselines included. */
export interface Candidate<Rows, Package = unknown> {
  readonly name: string;
  /** Rank among the candidates of a backtest; smaller is simpler. */
  readonly complexity: number;
  /**
   * Fits on what is known on one day.
   *
   * @param train Labelled rows of earlier days, whose horizons are closed on that day.
   * @param current Rows of that day, whose labels are NaN. Models without labels, such as those of purchases, learn
   * from them; all others leave them alone.
   */
  fit(train: Rows, current: Rows, context: FitContext): Fitted<Rows, Package> | Promise<Fitted<Rows, Package>>;
}

/** A fitted candidate. */
export interface Fitted<Rows, Package = unknown> {
  /** Returns one number per row, in the unit of the labels or as a probability. */
  predict(rows: Rows): Float64Array | Promise<Float64Array>;
  /** The model for others to load; absent where there is nothing to ship. */
  package?(): Package;
  /** Frees what the model holds. */
  close?(): void;
}
