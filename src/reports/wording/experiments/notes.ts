import { assertUnreachable } from "../../../errors.js";
import type { ExperimentOverlap, ReadoutRemark, ReadoutWarning } from "../../../strategy/index.js";
import type { NumberTexts } from "../../../table/index.js";

/** States a reason to doubt a readout. */
export function warningText(warning: ReadoutWarning, { count, day }: NumberTexts): string {
  switch (warning.code) {
    case "sample ratio mismatch": {
      const part = (arm: "test" | "control") =>
        `${count(warning.read[arm])} of ${count(warning.planned[arm])} ${arm} customers`;
      return `sample ratio mismatch: ${part("test")} and ${part("control")} were read, which chance does not explain; find the missing customers before using the result`;
    }
    case "no amounts":
      return "the primary metric is spend, but the results have no amounts; conversion is read instead";
    case "orders end early":
      return `the last order of the dataset is dated ${day(warning.lastOrder)}; if later orders are missing, spend is understated in both groups`;
    case "split changed":
      return "the file split.csv was changed after the split; the groups may no longer be random";
    case "other arm":
      return `the results put ${customers(warning.customers, count)} into the other group; the groups of the split are used`;
    default:
      return assertUnreachable(warning, "warning");
  }
}

/** States who was left out of a readout, or what departs from the design. */
export function remarkText(remark: ReadoutRemark, { count }: NumberTexts): string {
  switch (remark.code) {
    case "other horizon":
      return `read over ${remark.used} days instead of the planned ${remark.planned}`;
    case "missing":
      return `${remark.countedAs === "drop" ? "excluded" : "counted as not buying"}: ${customers(remark.customers, count)} without a line in ${remark.file}`;
    case "gone":
      return `excluded: ${customers(remark.customers, count)} of the split, no longer in the dataset`;
    case "unknown":
      return `excluded: ${customers(remark.customers, count)} of the results, not in the split`;
    case "other cap":
      return `spend is capped at quantile ${remark.used} instead of the planned ${remark.planned}`;
    case "not adjusted":
      return "spend is not adjusted for past spend, as requested";
    default:
      return assertUnreachable(remark, "remark");
  }
}

/** Warns of an experiment that shares customers and days with another. */
export function overlapText(
  { experiment, customers: shared, startsOn, endsOn }: ExperimentOverlap,
  { count, day }: NumberTexts,
) {
  return `${customers(shared, count)} also in the experiment "${experiment}" from ${day(startsOn)} to ${day(endsOn)}; each campaign distorts the result of the other`;
}

function customers(n: number, count: NumberTexts["count"]): string {
  return `${count(n)} customer${n === 1 ? "" : "s"}`;
}
