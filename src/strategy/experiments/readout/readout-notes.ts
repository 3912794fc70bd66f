import type { ArmSizes } from "../arm-sizes.js";
import type { ExperimentDesign, Period } from "../experiment-design.js";
import type { OutcomeReadouts } from "./read-outcomes.js";

/** Facts on how a readout was made. */
export interface ReadoutFacts {
  readonly design: ExperimentDesign;
  /** Days whose orders were counted; null if a file of results was read. */
  readonly days: (Period & { readonly horizonDays: number }) | null;
  /** Name of the file of results; null if orders were counted. */
  readonly results: string | null;
  readonly winsorizeAt: number;
  /** True if spend is adjusted for past spend. */
  readonly cuped: boolean;
  /** Customers of the split without a line in the results, and how they were treated. */
  readonly missing: number;
  readonly missingAs?: "zero" | "drop";
  /** Customers of the split who are no longer in the dataset. */
  readonly gone: number;
  /** Customers of the results who are not in the split. */
  readonly unknown: number;
  /** Customers whom the results put into the other arm. */
  readonly inOtherArm: number;
  /** True if `split.csv` was changed after the split. */
  readonly changed: boolean;
  /** Day of the last order of the dataset. */
  readonly lastOrder: string;
}

/** A reason to doubt a readout. */
export type ReadoutWarning =
  | { readonly code: "sample ratio mismatch"; readonly read: ArmSizes; readonly planned: ArmSizes }
  | { readonly code: "no amounts" }
  | { readonly code: "orders end early"; readonly lastOrder: string }
  | { readonly code: "split changed" }
  | { readonly code: "other arm"; readonly customers: number };

/** A fact about a readout: a customer who was left out, or a departure from the design. */
export type ReadoutRemark =
  | { readonly code: "other horizon"; readonly used: number; readonly planned: number }
  | {
      readonly code: "missing";
      readonly customers: number;
      readonly countedAs: "zero" | "drop";
      readonly file: string;
    }
  | { readonly code: "gone"; readonly customers: number }
  | { readonly code: "unknown"; readonly customers: number }
  | { readonly code: "other cap"; readonly used: number; readonly planned: number }
  | { readonly code: "not adjusted" };

/** Lists the reasons to doubt a readout. */
export function readoutWarnings(
  { conversion, spend }: OutcomeReadouts,
  { design, days, changed, inOtherArm, lastOrder }: ReadoutFacts,
): ReadoutWarning[] {
  const { test, control } = conversion;
  const read = { test: test.customers, control: control.customers };
  const planned = { test: design.test, control: design.control };
  return [
    ...(conversion.sampleRatioMismatch ? [{ code: "sample ratio mismatch" as const, read, planned }] : []),
    ...(design.primaryMetric === "spend" && !spend ? [{ code: "no amounts" as const }] : []),
    ...(days && lastOrder < days.to ? [{ code: "orders end early" as const, lastOrder }] : []),
    ...(changed ? [{ code: "split changed" as const }] : []),
    ...(inOtherArm ? [{ code: "other arm" as const, customers: inOtherArm }] : []),
  ];
}

/** Lists who was left out of a readout, and what departs from the design. */
export function readoutRemarks({ spend }: OutcomeReadouts, facts: ReadoutFacts): ReadoutRemark[] {
  const { design, days, results, missing, missingAs, gone, unknown, winsorizeAt, cuped } = facts;
  return [
    ...(days && days.horizonDays !== design.horizonDays
      ? [{ code: "other horizon" as const, used: days.horizonDays, planned: design.horizonDays }]
      : []),
    ...(missing && missingAs && results !== null
      ? [{ code: "missing" as const, customers: missing, countedAs: missingAs, file: results }]
      : []),
    ...(gone ? [{ code: "gone" as const, customers: gone }] : []),
    ...(unknown ? [{ code: "unknown" as const, customers: unknown }] : []),
    ...(spend && winsorizeAt !== design.winsorizeAt
      ? [{ code: "other cap" as const, used: winsorizeAt, planned: design.winsorizeAt }]
      : []),
    ...(spend && !cuped ? [{ code: "not adjusted" as const }] : []),
  ];
}
