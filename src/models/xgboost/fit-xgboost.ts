import type { FitFacts } from "../boosting/boosted-model.js";
import { type BoostingHistory, type EarlyStopping, runRounds } from "../boosting/boosting-rounds.js";
import {
  type CheckedBoostingOptions,
  checkBoostingOptions,
  monotoneDirections,
  trainingFacts,
} from "../boosting/check-boosting-options.js";
import { checkParameters, integerFrom, requireOption } from "../boosting/parameter-rules.js";
import type { TrainingData, TrainingRows } from "../boosting/training-data.js";
import type { NativeHandle } from "../native/native-handle.js";
import { XGBoostBooster } from "../native/xgboost-booster.js";
import { openXGBoost, type XGBoostLibrary } from "../native/xgboost-library.js";
import { createXGBoostMatrix } from "../native/xgboost-matrix.js";
import { isHigherBetter, requireXGBoostMetrics } from "./xgboost-metrics.js";
import type { XGBoostOptions } from "./xgboost-options.js";
import { dartParameters, xgboostParameters } from "./xgboost-parameters.js";

/** Levels per tree by default, as XGBoost has it. */
const MAX_DEPTH = 6;

/** Result of a fit, before it becomes a model. */
export interface FittedXGBoost {
  readonly library: XGBoostLibrary;
  readonly booster: XGBoostBooster;
  readonly facts: FitFacts & { readonly threads: number };
}

/**
 * Trains a booster on checked rows.
 *
 * @param settings XGBoost's parameters that follow from the kind of the model, its objective among them.
 * @throws {RangeError} If an option or parameter is unusable; before anything is trained.
 */
export async function trainXGBoost(
  action: string,
  data: TrainingData,
  settings: readonly (readonly [string, string])[],
  options: XGBoostOptions,
): Promise<FittedXGBoost> {
  const { onRound, signal, booster: kind = "gbtree" } = options;
  const checked = checkBoostingOptions(action, options);
  const { nRounds, threads } = checked;
  const parameters = [...parametersOf(action, data, checked, { ...options, booster: kind }), ...settings];
  const { training, validation, featureNames, notices } = data;
  signal?.throwIfAborted();
  const library = openXGBoost({ path: options.library });
  const featureTypes = data.codes.length
    ? featureNames.map((_, j) => (data.codes.includes(j) ? "c" : "float"))
    : undefined;
  const matrixOf = ({ X, y, ...others }: TrainingRows) =>
    createXGBoostMatrix(library, { ...X, ...others, label: y, featureTypes }, { threads });

  const opened: { close(): void }[] = [];
  const keep = <T extends { close(): void }>(resource: T): T => {
    opened.push(resource);
    return resource;
  };
  try {
    const sets: Record<string, NativeHandle> = { train: keep(matrixOf(training)) };
    if (validation) sets["validation"] = keep(matrixOf(validation));
    const booster = keep(XGBoostBooster.create(library, parameters, Object.values(sets)));
    booster.setColumnTexts("feature_name", featureNames);
    if (featureTypes) booster.setColumnTexts("feature_type", featureTypes);
    const isMeasured = onRound !== undefined || validation !== undefined;
    let bestBytes: Uint8Array | undefined;
    const history = await runRounds(
      nRounds,
      {
        update: (round) => booster.update(round, sets["train"]),
        evaluate: isMeasured ? (round) => booster.evaluate(round, sets) : undefined,
      },
      {
        stopping: stoppingOf(booster, sets, options),
        // Later rounds of DART change the weights of earlier trees, so that cutting them off would not bring back the best.
        onBest: kind === "dart" ? () => (bestBytes = booster.toBytes("ubj")) : undefined,
        onRound,
        signal,
      },
    );
    const bytes = bestBytes ?? finalBytes(booster, history);
    // A model out of its saved form: the memory of training is gone, and what was saved is what predicts.
    return {
      library,
      booster: XGBoostBooster.load(library, bytes, { threads }),
      facts: {
        history: history.rounds,
        bestScore: history.bestScore,
        notices,
        threads,
        trained: trainingFacts(training.X.nRows, checked, {
          "trees per round": treesPerRound(options),
          "max depth": options.maxDepth ?? MAX_DEPTH,
        }),
      },
    };
  } finally {
    for (const resource of opened.reverse()) resource.close();
  }
}

/** Returns the parallel trees of a round as text, for the card; undefined for one. */
function treesPerRound({ parameters = {} }: XGBoostOptions): string | undefined {
  return "num_parallel_tree" in parameters ? String(parameters["num_parallel_tree"]) : undefined;
}

function finalBytes(booster: XGBoostBooster, { nBest, rounds }: BoostingHistory): Uint8Array {
  if (!rounds.length || nBest === booster.nRounds) return booster.toBytes("ubj");
  const best = booster.firstRounds(nBest);
  try {
    return best.toBytes("ubj");
  } finally {
    best.close();
  }
}

function parametersOf(
  action: string,
  data: TrainingData,
  { seed, learningRate, subsample, columnSample, threads }: CheckedBoostingOptions,
  { maxDepth = MAX_DEPTH, booster, metrics = [], parameters = {}, monotone }: XGBoostOptions,
): [string, string][] {
  requireOption(action, "maxDepth", maxDepth, integerFrom(1));
  if (booster !== "gbtree" && booster !== "dart") {
    throw new RangeError(`Cannot ${action}: booster is "${String(booster)}"; expected "gbtree" or "dart"`);
  }
  requireXGBoostMetrics(action, metrics);
  const stray = booster === "gbtree" && Object.keys(parameters).find((name) => dartParameters.includes(name));
  if (stray) throw new RangeError(`Cannot ${action}: parameter "${stray}" is only for DART; use booster: "dart"`);
  const directions = monotoneDirections(action, monotone, data.featureNames);
  return [
    ["booster", booster],
    ["seed", String(seed)],
    // Without it the draws of a round depend on what else this thread has trained.
    ["seed_per_iteration", "1"],
    ["nthread", String(threads)],
    ["eta", String(learningRate)],
    ["max_depth", String(maxDepth)],
    ["subsample", String(subsample)],
    ["colsample_bytree", String(columnSample)],
    ...(directions.length ? [["monotone_constraints", `(${directions})`] satisfies [string, string]] : []),
    ...metrics.map((metric): [string, string] => ["eval_metric", metric]),
    ...checkParameters(action, parameters, xgboostParameters),
  ];
}

/** Returns the early stopping of the last metric on the validation set. */
function stoppingOf(
  booster: XGBoostBooster,
  sets: Readonly<Record<string, NativeHandle>>,
  { earlyStoppingRounds, metrics = [] }: XGBoostOptions,
): EarlyStopping | undefined {
  if (earlyStoppingRounds === undefined) return undefined;
  // XGBoost names its metrics in full, for example with Tweedie's power.
  const names = Object.keys(booster.evaluate(0, { validation: sets["validation"] }));
  const metric = names[names.length - 1];
  return {
    metric,
    higherIsBetter: isHigherBetter(metrics.at(-1) ?? metric.replace("validation-", "")),
    rounds: earlyStoppingRounds,
  };
}
