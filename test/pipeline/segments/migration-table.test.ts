import { expect, test } from "vitest";
import { migrationTable } from "../../../src/pipeline/segments/migration-table.js";
import { SEGMENT_NAMES } from "../../../src/text/segment-names.js";
import { describedByHand } from "./hand-made.js";

const migration = (await describedByHand()).migration.rule_segment;

test("a table of movement has rows before, columns after, those who came since, and sums", () => {
  expect(migrationTable(migration, { measure: "customers", names: SEGMENT_NAMES })).toEqual(
    [
      ["Champions", "3", "1", "", "", "", "4"],
      ["Loyal Customers", "1", "", "", "", "", "1"],
      ["Promising", "", "", "4", "", "1", "5"],
      ["Lost/Churned", "", "", "", "", "4", "4"],
      ["new since then", "", "", "", "1", "", "1"],
      ["all", "4", "1", "4", "1", "5", "15"],
    ].map(([from, champions, loyal, promising, fresh, lost, all]) => ({
      ...{ from, Champions: champions, "Loyal Customers": loyal, Promising: promising },
      ...{ "New Customers": fresh, "Lost/Churned": lost, all },
    })),
  );
});

test("a table of movement has revenue as money", () => {
  const options = { measure: "revenue", names: SEGMENT_NAMES, locale: "en-GB", currency: "GBP" } as const;
  const rows = migrationTable(migration, options);
  expect(rows[0]).toMatchObject({ Champions: "£8,960", "Loyal Customers": "£1,560", all: "£10,520" });
  expect(rows[4]).toMatchObject({ from: "new since then", "New Customers": "£90", all: "£90" });
  expect(rows[5]).toMatchObject({ from: "all", "Lost/Churned": "£395", all: "£13,615" });
});

test("nobody new is no row", () => {
  const flows = [{ from: "Champions", to: "Champions", customers: 2, revenue: 5 }];
  expect(migrationTable({ flows }, { measure: "customers", names: SEGMENT_NAMES })).toEqual([
    { from: "Champions", Champions: "2", all: "2" },
    { from: "all", Champions: "2", all: "2" },
  ]);
});
