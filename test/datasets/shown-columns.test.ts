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
