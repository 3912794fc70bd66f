import { type Matrix, takeRows } from "../matrix/index.js";

/** Customers on one day or several, ordered by day and customer: features, and a label where one was asked for. */
export interface ObservedRows {
  /** Numeric features by column, flags as 1 and 0, NaN where unknown. */
  readonly X: Matrix;
  /** The label of each row, shape (X.nRows,); absent if none was asked for. */
  readonly y?: Float64Array;
  /** Text features by name, null where unknown. They are not in `X`, since codes for them are a choice of the model. */
  readonly text: Readonly<Record<string, readonly (string | null)[]>>;
  readonly customerIds: readonly string[];
  /** The day of each row. */
  readonly asOf: readonly string[];
  /**
   * The rows of one day or several.
   *
   * @throws {RangeError} If a day was not asked for.
   */
  at(days: string | readonly string[]): this;
  /**
   * The rows of these numbers, in their order.
   *
   * @throws {RangeError} If there is no such row.
   */
  take(rows: ArrayLike<number>): this;
}

/** Rows with a label. */
export interface LabelledRows extends ObservedRows {
  readonly y: Float64Array;
}

/** Makes rows of their columns; `days` are those asked for, some of which may have no customer. */
export function observedRows(
  columns: Pick<ObservedRows, "X" | "y" | "text" | "customerIds" | "asOf">,
  days: readonly string[],
): ObservedRows {
  const { X, y, text, customerIds, asOf } = columns;
  const take = (rows: ArrayLike<number>, wanted: readonly string[]) => {
    const numbers = Array.from(rows);
    const pick = <T>(values: readonly T[]) => numbers.map((row) => values[row]);
    return observedRows(
      {
        X: takeRows(X, numbers),
        ...(y ? { y: Float64Array.from(numbers, (row) => y[row]) } : {}),
        text: Object.fromEntries(Object.entries(text).map(([name, values]) => [name, pick(values)])),
        customerIds: pick(customerIds),
        asOf: pick(asOf),
      },
      wanted,
    );
  };
  return {
    ...columns,
    at: (wanted: string | readonly string[]) => {
      const list = typeof wanted === "string" ? [wanted] : wanted;
      const absent = list.find((day) => !days.includes(day));
      if (absent !== undefined) {
        throw new RangeError(
          `Cannot take the rows of ${absent}: there are only rows of ${days.join(", ")}; use one of these days`,
        );
      }
      return take(
        Array.from(asOf.keys()).filter((row) => list.includes(asOf[row])),
        list,
      );
    },
    take: (rows: ArrayLike<number>) => take(rows, days),
  } as ObservedRows;
}
