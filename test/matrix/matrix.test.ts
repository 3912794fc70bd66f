import * as aq from "arquero";
import { describe, expect, test } from "vitest";
import {
  columnOf,
  matrixFromColumns,
  matrixFromRows,
  matrixFromTable,
  takeRows,
  takeValues,
} from "../../src/matrix/index.js";

const EXPECTED = { nRows: 2, nCols: 2, data: Float64Array.of(3, 5, 40, 1), columnNames: ["recency_days", "frequency"] };

test("columns become rows, with their names", () => {
  expect(matrixFromColumns({ recency_days: [3, 40], frequency: Float64Array.of(5, 1) })).toEqual(EXPECTED);
});

test("rows stay rows", () => {
  const columnNames = ["recency_days", "frequency"];
  const rows = [
    [3, 5],
    [40, 1],
  ];
  expect(matrixFromRows(rows, { columnNames })).toEqual(EXPECTED);
  expect(matrixFromRows([[1]])).not.toHaveProperty("columnNames");
});

test("rows are taken in the order asked for, more than once too", () => {
  expect([...takeRows(EXPECTED, [1, 0, 1]).data]).toEqual([40, 1, 3, 5, 40, 1]);
  expect(takeRows(EXPECTED, []).nRows).toBe(0);
  expect(() => takeRows(EXPECTED, [0, 2])).toThrow("Cannot take rows: there is no row 2; expected 0 to 1");
});

test("values are taken as rows are", () => {
  expect([...takeValues([7, 8], [1, 0, 1])]).toEqual([8, 7, 8]);
  expect(() => takeValues([7, 8], [-1])).toThrow("Cannot take values: there is no row -1; expected 0 to 1");
});

test("a column is copied", () => {
  const column = columnOf(EXPECTED, 1);
  column[0] = 99;
  expect(EXPECTED.data[1]).toBe(5);
  expect([...columnOf(EXPECTED, "frequency")]).toEqual([5, 1]);
  expect(() => columnOf(EXPECTED, "recency")).toThrow("there is no recency; the matrix has recency_days, frequency");
  expect(() => columnOf(matrixFromRows([[1]]), 1)).toThrow("there is no 1; the matrix has columns 0 to 0");
});

test("rejects row, value and column numbers that are not integers", () => {
  expect(() => takeRows(EXPECTED, [0.5])).toThrow("there is no row 0.5");
  expect(() => takeValues([7, 8], [0.5])).toThrow("there is no row 0.5");
  expect(() => columnOf(EXPECTED, 0.5)).toThrow("there is no 0.5");
});

test("two columns of one name are refused", () => {
  expect(() => matrixFromRows([[1, 2]], { columnNames: ["a", "a"] })).toThrow('two columns are named "a"');
});

test("rejects rows and columns of different lengths", () => {
  expect(() => matrixFromColumns({})).toThrow("there are no columns");
  expect(() => matrixFromColumns({ a: [1], b: [1, 2] })).toThrow("lengths differ, a has 1 and b has 2");
  expect(() => matrixFromRows([])).toThrow("there are no rows");
  expect(() => matrixFromRows([[1], [1, 2]])).toThrow("row 1 has 2 cells; expected 1 as in row 0");
  expect(() => matrixFromRows([[1]], { columnNames: ["a", "b"] })).toThrow("there are 2 names for 1 columns");
});

describe("a data frame", () => {
  const table = aq.table({ customer_id: ["a", "b"], recency_days: [3, null], loyal: [true, false], frequency: [5, 1] });

  test("takes the given columns in order, with null as NaN", () => {
    expect(matrixFromTable(table, { columns: ["frequency", "loyal", "recency_days"] })).toEqual({
      nRows: 2,
      nCols: 3,
      data: Float64Array.of(5, 1, 3, 1, 0, Number.NaN),
      columnNames: ["frequency", "loyal", "recency_days"],
    });
  });

  test("keeps the order of columns that are named by years, and refuses one that is named twice", () => {
    const years = aq.table({ "2010": [1], "2011": [2], all: [3] });
    expect(matrixFromTable(years, { columns: ["all", "2011", "2010"] })).toMatchObject({
      data: Float64Array.of(3, 2, 1),
      columnNames: ["all", "2011", "2010"],
    });
    expect(() => matrixFromTable(years, { columns: ["all", "all"] })).toThrow('two columns are named "all"');
  });

  test("gives rows as they are filtered and ordered", () => {
    const rows = table.filter((row: { frequency: number }) => row.frequency < 9).orderby("frequency");
    expect([...matrixFromTable(rows, { columns: ["frequency"] }).data]).toEqual([1, 5]);
  });

  test("rejects a missing column, and one that is not numeric", () => {
    expect(() => matrixFromTable(table, { columns: ["recency"] })).toThrow(
      "the table has no column recency; it has customer_id, recency_days, loyal, frequency",
    );
    expect(() => matrixFromTable(table)).toThrow('"customer_id" is "a" in row 0; expected a number');
  });
});
