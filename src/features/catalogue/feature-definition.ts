/** One feature: what it is, in which unit, and what a dataset must have for it. */
export interface FeatureDefinition {
  readonly name: string;
  readonly group: FeatureGroup;
  readonly unit:
    | "days"
    | "orders"
    | "lines"
    | "items"
    | "products"
    | "categories"
    | "stores"
    | "months"
    | "money"
    | "money per day"
    | "orders per month"
    | "share"
    | "score"
    | "ratio"
    | "decile"
    | "square feet"
    | "persons"
    | "flag"
    | "level";
  readonly definition: string;
  /** `table` or `table.column`; the feature is left out where one is missing. */
  readonly needs: readonly string[];
}

/** The groups; each has an SQL file of its own. */
export type FeatureGroup =
  | "rfm"
  | "engagement"
  | "windows"
  | "diversity"
  | "category"
  | "behaviour"
  | "promotion"
  | "demographics";

/** A feature in the list of its group. */
export type GroupFeature = Omit<FeatureDefinition, "group">;
