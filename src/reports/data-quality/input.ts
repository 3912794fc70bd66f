import type { Cohort, Correlations, Histogram, MonthlyRevenue } from "../../charts/index.js";

/**
 * All that the data-quality report says, as plain data. The report computes no number: shares are in [0, 1],
 * money is in `dataset.currency`, dates are `YYYY-MM-DD`.
 */
export interface DataQualityInput {
  readonly dataset: {
    /** The name on the command line, for example "online-retail". */
    readonly name: string;
    readonly title: string;
    readonly currency: string;
    readonly locale: string;
    readonly licence?: string;
    readonly citation?: string;
    /** Made by a generator: numbers show the method, not a market. */
    readonly synthetic?: boolean;
    readonly timezone: string;
    /** Settings that nobody gave. */
    readonly assumed?: readonly ("currency" | "timezone")[];
  };
  /** Last day that features may see, counted to its end. */
  readonly asOf: string;
  /** Day of the last trusted order: import and cleaning cover the whole file, whatever `asOf` is. */
  readonly wholeFileTo: string;
  /** The rule that took away the most revenue. */
  readonly largestCost?: { readonly rule: string; readonly revenue: number; readonly shareOfRevenue: number };
  readonly seed: number;
  readonly gitCommit?: string;
  readonly runId?: string;
  /** The command that makes this report again. */
  readonly command?: string;
  readonly sources: readonly SourceSummary[];
  readonly totals: DataTotals;
  /** One entry per rule, in the order of their application. */
  readonly ledger: readonly LedgerEntry[];
  readonly tradeOffs: TradeOffs;
  readonly features?: {
    /** Rows of the feature table. */
    readonly customers: number;
    readonly profiles: readonly FeatureProfile[];
    readonly correlations?: Correlations;
  };
  readonly monthlyRevenue: readonly MonthlyRevenue[];
  readonly cohorts: readonly Cohort[];
}

/** One file as it came in. */
export interface SourceSummary {
  /** File name without its folder. */
  readonly file: string;
  /** The contract's table that it fills. */
  readonly table: string;
  readonly sha256: string;
  readonly rows: number;
  readonly columns: number;
  readonly firstDate?: string;
  readonly lastDate?: string;
  readonly encoding?: string;
  readonly warnings?: readonly SourceWarning[];
}

/** Observation on an imported file. */
export type SourceWarning =
  /** A remark of the import, as it was recorded. */
  | { readonly code: "note"; readonly text: string }
  /** Rows that repeat an earlier one in every column. */
  | { readonly code: "duplicates"; readonly rows: number }
  /** Rows that a cleaning rule matched, with its own reason. */
  | { readonly code: "rule"; readonly rule: string; readonly rows: number; readonly reason: string }
  /** Rows that could not be read. */
  | { readonly code: "unreadable"; readonly rows: number };

/** Totals after cleaning, and their distribution over customers. */
export interface DataTotals {
  readonly rowsRead: number;
  readonly rowsKept: number;
  readonly rowsRemoved: number;
  /** rowsKept over rowsRead. */
  readonly shareKept: number;
  readonly customers: number;
  readonly orders: number;
  /** Of the rows kept. */
  readonly revenue: number;
  /** Revenue of rows read minus that of rows kept; negative if cleaning removed more refunds than sales. */
  readonly revenueRemoved: number;
  readonly firstDate: string;
  readonly lastDate: string;
  readonly oneOrderCustomers: number;
  readonly oneOrderShare: number;
  /** Share of revenue from the fifth of customers that spent most. */
  readonly topFifthShare: number;
}

/** One cleaning rule and what it touched. */
export interface LedgerEntry {
  /** In words, for example "Customer id is missing". */
  readonly rule: string;
  /** Moved rows go to the returns table; changed and flagged rows stay. */
  readonly action: "drop" | "move" | "change" | "flag";
  /** Why, in a sentence. */
  readonly reason: string;
  readonly rowsTouched: number;
  /** Rows touched by drop and move, otherwise 0. */
  readonly rowsRemoved: number;
  readonly customersTouched: number;
  readonly revenueTouched: number;
  readonly rowsBefore: number;
  readonly rowsAfter: number;
  readonly customersBefore: number;
  readonly customersAfter: number;
  readonly revenueBefore: number;
  readonly revenueAfter: number;
}

/** Cost of each documented decision. Parts that a dataset does not have are left out. */
export interface TradeOffs {
  readonly missingCustomerIds?: {
    readonly rows: number;
    readonly shareOfRows: number;
    readonly revenue: number;
    /** Of the revenue of all rows read. */
    readonly shareOfRevenue: number;
  };
  /** Kept lines that repeat an earlier one in every column. */
  readonly repeatedLines?: {
    readonly rows: number;
    readonly revenue: number;
    /** Of the revenue of all kept lines. */
    readonly shareOfRevenue: number;
  };
  readonly returns?: {
    /** How features treat the returns table. */
    readonly policy: "drop" | "net";
    readonly rows: number;
    readonly orders: number;
    readonly customers: number;
    /** What was given back; negative. */
    readonly revenue: number;
    /** Those whose place changes or is highest, by revenue with returns dropped. */
    readonly topCustomers: readonly {
      readonly customerId: string;
      readonly orders: number;
      readonly revenueDropped: number;
      readonly rankDropped: number;
      readonly revenueNetted: number;
      readonly rankNetted: number;
    }[];
  };
  /** Features that stand in for sessions and page views, which the dataset does not have. */
  readonly engagementProxies?: readonly string[];
  readonly timeSplit?: {
    /** Last day of the past. */
    readonly asOf: string;
    readonly horizonDays: number;
    readonly knownCustomers: number;
    readonly boughtAgain: number;
    readonly boughtAgainShare: number;
    /** Customers whose first order falls into the horizon: no model could know them. */
    readonly newCustomers: number;
  };
}

/** One feature as it is spread over customers. */
export interface FeatureProfile {
  readonly name: string;
  /** The title of its group, as people read it. */
  readonly group: string;
  /** In words, for example "days". */
  readonly unit: string;
  readonly definition?: string;
  /** Null where no customer has a value. */
  readonly mean: number | null;
  readonly min: number | null;
  readonly q1: number | null;
  readonly median: number | null;
  readonly q3: number | null;
  readonly max: number | null;
  readonly missingShare: number;
  readonly zeroShare: number;
  /** Made by `histogram` of the charts module. */
  readonly histogram: Histogram;
}
