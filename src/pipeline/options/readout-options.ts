import { checkedExperimentName } from "../artifacts/experiment-folder.js";
import { winsorizeOption } from "./experiment-options.js";
import {
  choice,
  daysOption,
  defineOptions,
  type GivenOptions,
  optional,
  pathOption,
  switchOption,
  textOption,
} from "./option-schema.js";

/** Options of a readout: which experiment, where its outcomes come from, how they are read. */
export const readoutOptions = defineOptions({
  name: optional(textOption("Name of the experiment (default: the only one)")),
  results: optional(
    pathOption("file", "CSV with contact_key or customer_id, and spend, converted or both (default: count orders)"),
  ),
  spendColumn: optional(textOption("Column of the results with amounts (default: spend)")),
  convertedColumn: optional(textOption("Column of the results with 1 or 0 (default: converted)")),
  missing: optional(
    choice(["zero", "drop"], "Customers without a line in the results: bought nothing, or are excluded"),
  ),
  horizonDays: optional(daysOption("Days to read (default: those of the split)")),
  winsorize: optional(winsorizeOption("Quantile at which spend is capped (default: that of the split)")),
  cuped: switchOption("Adjust spend for past spend (CUPED)", {
    default: true,
    negated: "Do not adjust for past spend",
  }),
});

/** Refuses options of a readout that do not go together. @throws {RangeError} */
export function checkReadoutOptions({
  name,
  results,
  horizonDays,
  spendColumn,
  convertedColumn,
  missing,
}: GivenOptions<typeof readoutOptions>): void {
  if (name !== undefined) checkedExperimentName(name);
  if (results !== undefined && horizonDays !== undefined) {
    throw new RangeError(
      "Cannot use --horizon-days with --results: the days are those of the file; leave out --horizon-days",
    );
  }
  const ofFile = { "spend-column": spendColumn, "converted-column": convertedColumn, missing };
  const needless = Object.entries(ofFile).find(([, value]) => value !== undefined)?.[0];
  if (results === undefined && needless !== undefined) {
    throw new RangeError(`Cannot use --${needless}: it describes a file of results; give --results`);
  }
}
