import { requireKnownOptions } from "../../errors.js";
import type { BacktestTable, CandidateVerdict, ShippingChoice } from "../../evaluation/index.js";
import { CONVENTION_NAMES, type Column, type Conventions, createTable, type DataTable } from "../../table/index.js";

/** Options of {@link lossTable}. */
export interface LossTableOptions extends Partial<Conventions> {
  /** The choice among the candidates, as `simplestWithinNoise` makes it. */
  readonly choice: ShippingChoice;
}

const VERDICTS: Readonly<Record<CandidateVerdict["verdict"], string>> = {
  chosen: "chosen",
  "within-noise": "within noise of the best",
  worse: "worse",
  failed: "failed",
};

/**
 * Tabulates a backtest: the mean loss of each candidate in validation, its difference from the best with the limits of the
 * interval, its verdict, and its mean loss on the test days. Lower is better.
 *
 * @example
 * const interval = { level: 0.95, standardError: 0.01, nResamples: 1000, nUndefined: 0 };
 * const of = { byOrigin: [], spread: null, toBaseline: null };
 * const best = { ...of, mean: 0.5, toBest: { ...interval, value: 0, lower: 0, upper: 0 } };
 * const candidates = [{ name: "logistic", complexity: 1, validation: best, test: { ...best, mean: 0.52 } }];
 * const bench = { candidates, best: "logistic", baseline: null, days: [], failures: [], level: 0.95 };
 * const table = lossTable(bench, { choice: simplestWithinNoise(bench) });
 * table.rows; // [["logistic", 0.5, 0, 0, 0, "chosen", 0.52]]
 */
export function lossTable({ candidates, level }: BacktestTable, options: LossTableOptions): DataTable {
  requireKnownOptions("tabulate losses", options, { choice: true, ...CONVENTION_NAMES });
  const { choice, ...conventions } = options;
  const loss: Column["format"] = { kind: "number", digits: 4 };
  const difference: Column["format"] = { ...loss, signed: true };
  const percent = Math.round(100 * level);
  return createTable(
    {
      caption: "Mean loss by candidate; lower is better",
      columns: [
        { name: "candidate", title: "Candidate" },
        { name: "validation", title: "Validation", format: loss },
        { name: "difference", title: "From the best", format: difference },
        { name: "lower", title: `Lower ${percent}%`, format: difference },
        { name: "upper", title: `Upper ${percent}%`, format: difference },
        { name: "verdict", title: "Verdict" },
        { name: "test", title: "Test", format: loss },
      ],
      rows: choice.candidates.map(({ name, loss: validation, difference: gap, verdict }, i) => [
        name,
        validation,
        gap?.value ?? null,
        gap?.lower ?? null,
        gap?.upper ?? null,
        VERDICTS[verdict],
        candidates[i].test.mean,
      ]),
    },
    conventions,
  );
}
