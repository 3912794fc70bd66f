import { messageOf, requireKnownOptions } from "../../errors.js";
import { DEFAULT_THREADS } from "../boosting/boosting-options.js";
import { LightGbmBooster } from "../native/lightgbm-booster.js";
import { openLightGbm } from "../native/lightgbm-library.js";
import type { LightGbmFacts } from "./lightgbm-model.js";
import { type LightGbmObjective, lightgbmObjectives } from "./lightgbm-objectives.js";

/** Opens a saved model, after checks that the library does not make. */
export function loadLightGbmModel(
  bytes: Uint8Array,
  objectives: readonly LightGbmObjective[],
  options: { threads?: number; library?: string } = {},
): {
  booster: LightGbmBooster;
  featureNames: readonly string[];
  objective: LightGbmObjective;
  facts: LightGbmFacts;
} {
  requireKnownOptions("load a LightGBM model", options, { threads: true, library: true });
  const { threads = DEFAULT_THREADS, library: path } = options;
  const text = new TextDecoder().decode(bytes);
  if (!/^tree\r?\nversion=/.test(text)) {
    const what = bytes.length ? "the bytes are of another kind" : "there are no bytes";
    throw new SyntaxError(`Cannot load a LightGBM model: ${what}; expected a text model saved by LightGBM`);
  }
  if (!/^end of trees\r?$/m.test(text)) {
    throw new SyntaxError(
      `Cannot load a LightGBM model: it is truncated (${bytes.length} bytes without "end of trees"); save it again`,
    );
  }
  const header = (name: string) => new RegExp(`^${name}=(.*?)\\r?$`, "m").exec(text)?.[1] ?? "";
  const name = header("objective").split(" ")[0];
  const objective = objectives.find((candidate) => lightgbmObjectives[candidate].name === name);
  if (!objective) {
    const expected = objectives.map((candidate) => lightgbmObjectives[candidate].name).join(", ");
    throw new RangeError(`Cannot load a LightGBM model: its objective is "${name}"; expected one of ${expected}`);
  }
  const library = openLightGbm({ path });
  try {
    const booster = LightGbmBooster.load(library, text, { threads });
    const featureNames = header("feature_names").split(" ");
    // "[least:greatest]" of a column of numbers, "0:1:4" of codes, "none" of one that no split can use.
    const infos = header("feature_infos").split(" ");
    const categorical = featureNames.filter((_, j) => /^-?\d/.test(infos[j] ?? ""));
    return { booster, featureNames, objective, facts: { categorical, threads } };
  } catch (cause) {
    throw new SyntaxError(`Cannot load a LightGBM model: it is damaged (${messageOf(cause)}); save the model again`, {
      cause,
    });
  }
}
