import { epochDay } from "../text/index.js";

/** The days of one round of a backtest, as `rollingOrigins` gives them. Each day is `YYYY-MM-DD`. */
export interface BacktestOrigin {
  /** Last known day; names the round. */
  readonly score: string;
  /** Day of the test rows, one horizon before `score`. */
  readonly test: string;
  /** Day of the validation rows, one horizon before `test`. */
  readonly validation: string;
  /** Days of the rows that are learned from for the choice; their horizons are closed at `validation`. */
  readonly choice: readonly string[];
  /** Days of the rows that are learned from for the test; their horizons are closed at `test`. */
  readonly fit: readonly string[];
}

/** Fitted on some days, judged on a later one. */
export interface BacktestStep {
  readonly part: "validation" | "test";
  readonly train: readonly string[];
  readonly judged: string;
}

/** Returns the two steps of a round: the choice first. */
export function stepsOf({ validation, test, choice, fit }: BacktestOrigin): readonly BacktestStep[] {
  return [
    { part: "validation", train: choice, judged: validation },
    { part: "test", train: fit, judged: test },
  ];
}

/**
 * Throws unless every day that is learned from lies at least a horizon before the day that is judged, and no two rounds
 * share a day.
 *
 * @throws {RangeError} If they do not.
 */
export function requireOrigins(origins: readonly BacktestOrigin[]): void {
  const refuse = (found: string): never => {
    throw new RangeError(`Cannot backtest: ${found}`);
  };
  if (!origins.length) refuse("there are no origins; use at least one");
  for (const { score, test, validation, choice, fit } of origins) {
    const horizonDays = epochDay(score) - epochDay(test);
    if (!(horizonDays >= 1)) refuse(`the test day ${test} is not before ${score}; use a day one horizon earlier`);
    const requireClosed = (day: string, judged: string) => {
      if (epochDay(day) + horizonDays <= epochDay(judged)) return;
      refuse(`the ${horizonDays} days after ${day} are not over on ${judged}; use earlier days`);
    };
    requireClosed(validation, test);
    for (const [name, days, judged] of [
      ["choice", choice, validation],
      ["fit", fit, test],
    ] as const) {
      if (!days.length) refuse(`the origin ${score} has no ${name} days; use a later origin or a shorter horizon`);
      for (const day of days) requireClosed(day, judged);
    }
  }
  for (const name of ["test", "validation"] as const) {
    const days = origins.map((origin) => origin[name]);
    const twice = days.find((day, i) => days.indexOf(day) < i);
    if (twice !== undefined) refuse(`two origins have the ${name} day ${twice}; use each day once`);
  }
}
