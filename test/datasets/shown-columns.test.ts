import { expect, test } from "vitest";
import { shownColumns } from "../../src/datasets/index.js";

const shop = { orders: { file: "x.csv", columns: { customer_id: "who", ordered_at: "at" } } };

/** The least value of a column of that name, as people see it. */
function shownMin(name: string, min: string | number) {
  const columns = [{ name, empty: 0, distinct: 1, min, max: min }];
  const profile = { rows: 1, fullRowDuplicates: 0, columns };
  const source = {
    table: "orders",
    file: "x.csv",
    kind: "delimited" as const,
    sha256: "0",
    bytes: 1,
    columns: [name],
    profile,
  };
  return shownColumns({ sources: [source], mapping: shop })[0].min;
}

test.each([
  ..."who tel home_tel homeTel Fax postcode PLZ ssn card_no first_name lastName customer_name name birthday".split(" "),
  ..."e-mail phone Mobile zip_code street_no".split(" "),
])("the column %j is about a person, so that its figures are masked", (name) => {
  expect(shownMin(name, 12345)).toBe("1…5");
});

test.each(["hotel_no", "discard", "product_name_length", "amount", "no"])("the column %j has figures", (name) => {
  expect(shownMin(name, 12345)).toBe("12345");
});

test.each(["1000001-1", "+49 170 123456", "0170 123456", "12/345678"])(
  "%j is no figure and no day, so that it is masked",
  (text) => {
    expect(shownMin("note", text)).toBe(`${text[0]}…${text.at(-1)}`);
  },
);

test.each([
  ..."-3.5 1,234.56 1.234,5 1e-7 2024-01-31 31.12.2024 1/2/24 2024-01 202401 20240131 23:59 23:59:59.5".split(" "),
  ...["1 234 567", "2024-01-31T23:59:59Z", "2024-01-31 23:59", "2024/1/2 3:04:05+02:00"],
])("%j is a figure, a day or a time, and shown", (text) => expect(shownMin("note", text)).toBe(text));
