/** A relation that observations keep until they are closed: one row per customer and day. */
export interface ObservedTable {
  /** Its full name for SQL, whatever schema a statement runs in. */
  readonly relation: string;
  readonly rows: number;
}

/** Columns of a relation that is keyed by customer_id and as_of. */
export interface FeatureColumns {
  /** Its full name for SQL. */
  readonly relation: string;
  /** The columns, without the keys. */
  readonly names: readonly string[];
}

/** A relation of features, and those that a dataset could not give. */
export interface FeatureTable extends ObservedTable {
  /** Feature columns in order, without customer_id and as_of. */
  readonly names: readonly string[];
  /** Features of the catalogue that this dataset cannot give, with the tables or columns it lacks. */
  readonly leftOut: readonly { readonly name: string; readonly lacks: readonly string[] }[];
}
