import { nearest } from "../../errors.js";
import { runRounds } from "../boosting/boosting-rounds.js";
import {
  type CheckedBoostingOptions,
  checkBoostingOptions,
  monotoneDirections,
  trainingFacts,
} from "../boosting/check-boosting-options.js";
import { quoted } from "../boosting/dense-matrix.js";
import { checkParameters, integerFrom, requireOption } from "../boosting/parameter-rules.js";
import type { TrainingData, TrainingRows } from "../boosting/training-data.js";
import { LightGbmBooster } from "../native/lightgbm-booster.js";
import { createLightGbmDataset } from "../native/lightgbm-dataset.js";
import { openLightGbm } from "../native/lightgbm-library.js";
import type { LightGbmFacts } from "./lightgbm-model.js";
import { type LightGbmObjective, lightgbmMetrics, lightgbmObjectives } from "./lightgbm-objectives.js";
import type { LightGbmOptions } from "./lightgbm-options.js";
import { lightgbmParameters } from "./lightgbm-parameters.js";

/**
 * Trains a booster on checked rows.
 *
 * @param settings LightGBM's parameters that the objective takes.
 * @throws {RangeError} If an option or parameter is unusable; before anything is trained.
 */
export async function trainLightGbm(
  data: TrainingData,
  objective: LightGbmObjective,
  settings: readonly (readonly [string, string])[],
  options: LightGbmOptions,
): Promise<{ booster: LightGbmBooster; facts: LightGbmFacts }> {
  const { onRound, signal, validation, earlyStoppingRounds } = options;
  const { metrics = [lightgbmObjectives[objective].metric] } = options;
  const checked = checkBoostingOptions(ACTION, options);
  const { nRounds, threads } = checked;
  const parameters = [
    ["objective", lightgbmObjectives[objective].name],
    ...parametersOf(data, checked, { ...options, metrics }),
    ...settings,
  ]
    .map(([name, value]) => `${name}=${value}`)
    .join(" ");
  signal?.throwIfAborted();
  const library = openLightGbm({ path: options.library });
  library.prepareThreads(threads);
  const opened: { close(): void }[] = [];
  const keep = <T extends { close(): void }>(resource: T): T => {
    opened.push(resource);
    return resource;
  };
  const contentOf = ({ X: { nRows, nCols, data: cells }, y, weight }: TrainingRows) => {
    return { nRows, nCols, data: cells, label: y, weight, featureNames: data.featureNames };
  };
  try {
    const training = keep(createLightGbmDataset(library, contentOf(data.training), { parameters }));
    const judged =
      data.validation &&
      keep(createLightGbmDataset(library, contentOf(data.validation), { parameters, reference: training }));
    const booster = keep(LightGbmBooster.create(library, parameters, training, judged));
    const evaluate = () => ({
      ...named("train", metrics, booster.evaluate(0)),
      ...(judged && named("validation", metrics, booster.evaluate(1))),
    });
    const last = metrics[metrics.length - 1];
    let nBest = -1;
    const history = await runRounds(
      nRounds,
      { update: () => booster.update(), evaluate: onRound || validation ? evaluate : undefined },
      {
        stopping:
          earlyStoppingRounds === undefined
            ? undefined
            : {
                metric: `validation-${last}`,
                higherIsBetter: lightgbmMetrics.higher.some((metric) => metric === last),
                rounds: earlyStoppingRounds,
              },
        onBest: () => (nBest = booster.nRounds),
        onRound,
        signal,
      },
    );
    return {
      booster: LightGbmBooster.load(library, booster.toText({ nRounds: nBest }), { threads }),
      facts: {
        history: history.rounds,
        bestScore: history.bestScore,
        notices: data.notices,
        categorical: data.codes.map((j) => data.featureNames[j]),
        threads,
        trained: trainingFacts(data.training.X.nRows, checked, {
          "max leaves": options.maxLeaves ?? MAX_LEAVES,
          "max depth": options.maxDepth,
        }),
      },
    };
  } finally {
    for (const resource of opened.reverse()) resource.close();
  }
}

/** Leaves per tree by default, as LightGBM has it. */
const MAX_LEAVES = 31;

/** The action named in errors. */
const ACTION = "fit LightGBM";

function named(set: string, metrics: readonly string[], values: Float64Array): Record<string, number> {
  return Object.fromEntries(metrics.map((metric, i) => [`${set}-${metric}`, values[i]]));
}

function parametersOf(
  data: TrainingData,
  { seed, learningRate, subsample, columnSample, threads }: CheckedBoostingOptions,
  options: LightGbmOptions & { readonly metrics: readonly string[] },
): (readonly [string, string | number])[] {
  const { maxLeaves = MAX_LEAVES, maxDepth, metrics, parameters = {}, earlyStoppingRounds } = options;
  requireOption(ACTION, "maxLeaves", maxLeaves, integerFrom(2));
  if (maxDepth !== undefined) requireOption(ACTION, "maxDepth", maxDepth, integerFrom(1));
  requireMetrics(metrics);
  requireNames(data.featureNames);
  if (parameters["boosting"] === "dart" && earlyStoppingRounds !== undefined) {
    throw new RangeError(
      `Cannot ${ACTION}: DART cannot stop early, since later rounds change earlier trees; remove earlyStoppingRounds`,
    );
  }
  const directions = monotoneDirections(ACTION, options.monotone, data.featureNames);
  const given = checkParameters(ACTION, parameters, lightgbmParameters);
  const isColumnWise = given.some(([name, value]) => name === "force_col_wise" && value === "true");
  return [
    ["metric", metrics.join(",")],
    ["seed", seed],
    ["num_threads", threads],
    ["learning_rate", learningRate],
    ["num_leaves", maxLeaves],
    ...(maxDepth === undefined ? [] : [["max_depth", maxDepth] as const]),
    ["bagging_fraction", subsample],
    ...(subsample < 1 && !("bagging_freq" in parameters) ? [["bagging_freq", 1] as const] : []),
    ["feature_fraction", columnSample],
    ["is_provide_training_metric", "true"],
    // It would otherwise time both ways and take the faster, so that one seed could give two models.
    ["deterministic", "true"],
    ...(isColumnWise ? [] : [["force_row_wise", "true"] as const]),
    ["verbosity", -1],
    ...(directions.length ? [["monotone_constraints", directions.join(",")] as const] : []),
    ...(data.codes.length ? [["categorical_feature", data.codes.join(",")] as const] : []),
    ...given,
  ];
}

function requireMetrics(metrics: readonly string[]): void {
  const known: readonly string[] = [...lightgbmMetrics.lower, ...lightgbmMetrics.higher];
  const unknown = metrics.find((metric) => !known.includes(metric));
  if (unknown === undefined && new Set(metrics).size === metrics.length && metrics.length) return;
  if (unknown === undefined) {
    throw new RangeError(
      `Cannot ${ACTION}: metrics are ${quoted(metrics) || "empty"}; expected one or more distinct names`,
    );
  }
  const near = nearest(unknown, known);
  const hint = near ? `did you mean "${near}"?` : `expected one of ${known.join(", ")}`;
  throw new RangeError(`Cannot ${ACTION}: unknown metric "${unknown}"; ${hint}`);
}

function requireNames(names: readonly string[]): void {
  const bad = names.filter((name) => /[\s",:[\]{}]/.test(name));
  if (bad.length) {
    throw new RangeError(
      `Cannot ${ACTION}: column names contain spaces or one of ",:[]{}: ${quoted(bad)}; rename them`,
    );
  }
}
