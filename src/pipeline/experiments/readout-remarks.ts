import { sizesInWords } from "../../strategy/index.js";
import { type Conventions, numberTexts } from "../../table/index.js";
import type { Measured } from "./count-orders.js";
import type { OutcomeReadouts } from "./read-outcomes.js";
import type { SplitManifest } from "./split-files.js";

/** How a readout came about. */
export interface ReadoutFacts {
  readonly manifest: SplitManifest;
  readonly reads: OutcomeReadouts;
  readonly measured: Measured;
  /** True if `split.csv` is not what was drawn. */
  readonly changed: boolean;
  /** Customers of the split who are no longer in the dataset. */
  readonly gone: number;
  /** Day of the last order of the dataset. */
  readonly lastOrder: string;
  readonly winsorizeAt: number;
  readonly cuped: boolean;
  readonly settings: Partial<Conventions>;
}

/** What to know before believing a readout, one line each. */
export function readoutWarnings({ manifest, reads, measured, changed, lastOrder, settings }: ReadoutFacts): string[] {
  const sizes = sizesInWords(reads.conversion, manifest, settings);
  return [
    ...(sizes ? [sizes] : []),
    ...(manifest.outcome === "spend" && !reads.spend
      ? ["spend was to decide, and the results hold no amounts: the share of buyers is read in its place"]
      : []),
    ...(measured.days && lastOrder < measured.days.to
      ? [
          `the last order of the dataset is of ${lastOrder}: if later ones are only missing, both groups are read too poor`,
        ]
      : []),
    ...(changed
      ? ["split.csv was changed since it was drawn: whoever chose the groups may have chosen the outcome"]
      : []),
    ...(measured.inOtherArm
      ? [
          `the results put ${customers(measured.inOtherArm, settings)} into the other group: the split counts, whatever was sent`,
        ]
      : []),
  ];
}

/** Who was left out, and what was done otherwise than laid down, one line each. */
export function readoutRemarks({
  manifest,
  reads,
  measured,
  gone,
  winsorizeAt,
  cuped,
  settings,
}: ReadoutFacts): string[] {
  return [
    ...measured.remarks,
    ...(gone ? [`left out: ${customers(gone, settings)} of the split, no longer in the dataset`] : []),
    ...(measured.unknown
      ? [`not counted: ${customers(measured.unknown, settings)} of the results, not in the split`]
      : []),
    ...(winsorizeAt === manifest.winsorize || !reads.spend
      ? []
      : [`spend is cut at the quantile ${winsorizeAt}, planned was ${manifest.winsorize}`]),
    ...(cuped || !reads.spend ? [] : ["the spend before is not taken into account, as asked"]),
  ];
}

function customers(n: number, settings: Partial<Conventions>): string {
  return `${numberTexts(settings).count(n)} customer${n === 1 ? "" : "s"}`;
}
