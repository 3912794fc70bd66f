import type { Engine } from "../engine/index.js";
import { type OptionNames, requireKnownOptions } from "../errors.js";
import { checkedDay } from "../text/index.js";
import type { FeatureTable, ObservedTable } from "./feature-table.js";
import type { History } from "./history.js";
import { type Label, requireHorizon } from "./labels.js";
import { type Leak, leakageCheck } from "./leakage-check.js";
import type { ObservedHistories } from "./observed-histories.js";
import type { LabelledRows, ObservedRows } from "./observed-rows.js";
import { refuseLeaks } from "./refuse-leaks.js";
import { readFirstOrderDays } from "./relations/first-order-days.js";
import { type ObservedDataset, openObservedTables } from "./relations/observed-tables.js";
import { readHistories } from "./relations/read-histories.js";
import { readRows } from "./relations/read-rows.js";
import type { ReturnsPolicy } from "./returns-policy.js";

/** Options for {@link openObservations}. */
export interface ObservationsOptions {
  /** Last calendar day that anything may see; later rows are out of reach of every query. */
  readonly asOf: string;
  /** Returns in money: "drop" ignores them, "net" subtracts those up to the day of the row; defaults to "drop". */
  readonly returns?: ReturnsPolicy;
  /** A folder of further feature groups, each an SQL file over the `seen_*` relations; defaults to none. */
  readonly featureDir?: string;
}

/** A day, or several to observe in one pass over the data, each `YYYY-MM-DD`. */
export type Days = string | readonly string[];

/** Days and features to observe. */
export interface FeaturesRequest {
  readonly at: Days;
  /** Names of features, in the order of the columns; defaults to "all" that the dataset can give. */
  readonly features?: "all" | readonly string[];
}

const featuresRequest: OptionNames<FeaturesRequest> = { at: true, features: true };

/** Days and horizons of labels. */
export interface LabelsRequest {
  /** Days whose horizon is not closed get no rows. */
  readonly at: Days;
  readonly horizonDays: number | readonly number[];
  /** Categories with a column `spend_<category>` each; defaults to none. */
  readonly categories?: readonly string[];
}

/**
 * A dataset's customers as known on any day up to `asOf`. Nothing it gives has seen a later day than that of its row, labels
 * excepted. Its relations live in schemas of their own, so several can be open at once.
 */
export interface Observations extends History {
  readonly returns: ReturnsPolicy;
  /**
   * Runs SQL over what is known at `asOf`: orders, order_lines, returns, products, contacts and customers. The tables as
   * they are, whatever the day, are `trusted_orders` and so on.
   */
  readonly engine: Engine;
  /** The full name of one of these tables, for SQL that runs elsewhere. */
  relation(table: string): string;
  /**
   * Features of every customer with an order by the day, ordered by day and customer, with a label if one is given.
   *
   * @throws {RangeError} If a day lies after `asOf`, the horizon of the label is not closed at `asOf`, or there is no such
   *   feature or category.
   */
  rows(request: FeaturesRequest & { readonly label: Label }): Promise<LabelledRows>;
  rows(request: FeaturesRequest & { readonly label?: Label }): Promise<ObservedRows>;
  /** Purchase histories of every customer with an order by the day, ordered by day and customer. */
  purchaseHistories(request: { readonly at: Days }): Promise<ObservedHistories>;
  /** Features as a relation with customer_id and as_of, kept until {@link close}. */
  features(request: FeaturesRequest): Promise<FeatureTable>;
  /** Purchase histories as a relation: customer_id, as_of, x, t_x, T, m_x. */
  btydSummary(request: { readonly at: Days }): Promise<ObservedTable>;
  /**
   * Computes features of days twice, with the true future and with a shuffled one, and returns those that differ: none,
   * unless a feature sees later days.
   *
   * @param request Days before `asOf`: nothing lies after `asOf` that could leak.
   */
  leakageCheck(request: FeaturesRequest): Promise<readonly Leak[]>;
  /** Labels as a relation: customer_id, as_of, horizon_days, bought_again, churned, orders, spend, `spend_<category>`. */
  labels(request: LabelsRequest): Promise<ObservedTable>;
  /** Drops its relations. */
  close(): Promise<void>;
}

/**
 * Opens observations of a dataset's trusted tables. Groups of a `featureDir` are tried for leakage before they are
 * first used.
 *
 * @throws {RangeError} If `asOf` is not a calendar day, `returns` is unknown, or a group of `featureDir` reads more than
 * it may.
 * @throws {SyntaxError} If a group is no query.
 */
export async function openObservations(
  engine: Engine,
  dataset: ObservedDataset,
  given: ObservationsOptions,
): Promise<Observations> {
  requireKnownOptions("open observations", given, { asOf: true, returns: true, featureDir: true });
  const { asOf, returns = "drop", featureDir } = given;
  const options = { asOf, returns, ...(featureDir === undefined ? {} : { featureDir }) };
  const tables = await openObservedTables(engine, dataset, options);
  const { relations } = tables;
  const firstOrderDays = await readFirstOrderDays(relations).catch(async (error: unknown) => {
    await relations.close();
    throw error;
  });
  let checked: Promise<void> | undefined;

  async function features(request: FeaturesRequest): Promise<FeatureTable> {
    requireKnownOptions("observe features", request, featuresRequest);
    const { at, features: names = "all" } = request;
    if (featureDir !== undefined) {
      checked ??= refuseLeaks(engine, dataset, { ...options, featureDir, tables });
      await checked;
    }
    return tables.features(daysOf(at), names === "all" ? undefined : names);
  }

  return {
    asOf: checkedDay(asOf),
    returns,
    engine: relations.engine,
    relation: (table) => relations.seenName(table),
    firstOrderDays,
    features,
    rows: (async (request: FeaturesRequest & { readonly label?: Label }) => {
      requireKnownOptions("observe rows", request, { ...featuresRequest, label: true });
      const { at, features: names = "all", label } = request;
      return readRows(tables, {
        asOf,
        days: daysOf(at),
        features: () => features({ at, features: names }),
        ...(label ? { label } : {}),
      });
    }) as Observations["rows"],
    purchaseHistories: async (request) => {
      requireKnownOptions("observe purchase histories", request, { at: true });
      return readHistories(tables, daysOf(request.at));
    },
    btydSummary: async (request) => {
      requireKnownOptions("summarize purchases", request, { at: true });
      return tables.btydSummary(daysOf(request.at));
    },
    labels: async (request) => {
      requireKnownOptions("observe labels", request, { at: true, horizonDays: true, categories: true });
      const { at, horizonDays, categories = [] } = request;
      const horizonsDays = typeof horizonDays === "number" ? [horizonDays] : horizonDays;
      for (const days of horizonsDays) requireHorizon(days);
      return tables.labels(daysOf(at), { horizonsDays, categories });
    },
    leakageCheck: async (request) => {
      requireKnownOptions("check for leakage", request, featuresRequest);
      const { at, features: names = "all" } = request;
      return leakageCheck(engine, dataset, {
        ...options,
        at: daysOf(at),
        ...(names === "all" ? {} : { features: names }),
      });
    },
    close: () => relations.close(),
  };
}

function daysOf(at: Days): readonly string[] {
  return typeof at === "string" ? [at] : at;
}
