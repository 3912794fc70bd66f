import type { RetrainRule } from "../../segmentation/index.js";
import type { NumberTexts } from "../../table/index.js";
import { distinctDigits } from "./distinct-digits.js";

/**
 * Says what one rule on refitting found, with its limit.
 *
 * @example
 * retrainRuleInWords({ rule: "age", value: 41, limit: 30, fired: true }, numberTexts());
 * // "The fit is 41 days old; the limit is 30."
 */
export function retrainRuleInWords({ rule, value, limit, fired }: RetrainRule, texts: NumberTexts): string {
  const { count, number, percent } = texts;
  switch (rule) {
    case "age":
      return value === null
        ? "No fit is in use that could be too old."
        : `The fit is ${count(value)} days old; the limit is ${count(limit)}.`;
    case "sizes":
      return `${fired ? "A" : "No"} cluster changed in size by more than ${percent(limit, 0)} and more than chance explains.`;
    case "silhouette": {
      const [found, minimum] = distinctDigits(value ?? Number.NaN, limit, number);
      return `The silhouette is ${found}, ${fired ? "below" : "not below"} ${minimum}.`;
    }
  }
}
