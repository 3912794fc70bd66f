import { messageOf, requireKnownOptions } from "../../errors.js";
import { DEFAULT_THREADS } from "../boosting/boosting-options.js";
import { jsonEnd, ubjsonEnd } from "../boosting/model-extent.js";
import { XGBoostBooster } from "../native/xgboost-booster.js";
import { openXGBoost, type XGBoostLibrary } from "../native/xgboost-library.js";
import { OBJECTIVE_ATTRIBUTE, objectiveNamed, type XGBoostObjective, xgboostObjectives } from "./xgboost-objectives.js";

/** Opens a saved model, after checks that the library does not make. */
export function loadXGBoostModel<Objective extends XGBoostObjective>(
  bytes: Uint8Array,
  objectives: readonly Objective[],
  options: { threads?: number; library?: string } = {},
): {
  library: XGBoostLibrary;
  booster: XGBoostBooster;
  objective: Objective;
  facts: { threads: number };
} {
  requireKnownOptions("load an XGBoost model", options, { threads: true, library: true });
  const { threads = DEFAULT_THREADS, library: path } = options;
  requireModelBytes(bytes);
  const library = openXGBoost({ path });
  let booster: XGBoostBooster;
  try {
    booster = XGBoostBooster.load(library, bytes, { threads });
  } catch (cause) {
    throw new SyntaxError(`Cannot load an XGBoost model: it is damaged (${messageOf(cause)}); save the model again`, {
      cause,
    });
  }
  try {
    const config = booster.config;
    const objective = objectiveNamed(config.objective, booster.attribute(OBJECTIVE_ATTRIBUTE));
    const allowed = objectives.find((one) => one === objective);
    if (!allowed) {
      const expected = objectives.map(describe).join(", ");
      const found = objective === "class-mean" ? describe(objective) : `"${config.objective}"`;
      throw new RangeError(`Cannot load an XGBoost model: its objective is ${found}; expected one of ${expected}`);
    }
    if (config.booster === "gblinear") {
      throw new RangeError('Cannot load an XGBoost model: its booster is "gblinear"; expected trees');
    }
    return { library, booster, objective: allowed, facts: { threads } };
  } catch (error) {
    booster.close();
    throw error;
  }
}

function describe(objective: XGBoostObjective): string {
  const { name } = xgboostObjectives[objective];
  return objective === "class-mean" ? `${name} of a forest of classes` : name;
}

/** Throws unless the bytes are one object, as JSON text or UBJSON, that begins as a model does. */
function requireModelBytes(bytes: Uint8Array): void {
  const start = String.fromCharCode(...bytes.subarray(0, 60));
  const isJson = /^\s*\{\s*"(learner|version)"/.test(start);
  const isUbjson = /^\{[UiIlL][^a-z"]{1,8}(learner|version)/.test(start);
  if (!isJson && !isUbjson) {
    const what = bytes.length ? "the bytes are of another kind" : "there are no bytes";
    throw new SyntaxError(`Cannot load an XGBoost model: ${what}; expected a model saved by XGBoost as JSON or UBJSON`);
  }
  const end = isJson ? jsonEnd(bytes) : ubjsonEnd(bytes);
  if (end < 0) {
    throw new SyntaxError(
      `Cannot load an XGBoost model: it is truncated or damaged (${bytes.length} bytes); save it again`,
    );
  }
}
