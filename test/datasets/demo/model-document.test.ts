import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { demoCategories, demoProductTypes } from "../../../src/datasets/demo/catalogue.js";
import { demoParameters } from "../../../src/datasets/demo/index.js";
import { demoCampaigns, demoSales } from "../../../src/datasets/demo/promotions.js";

const text = readFileSync(new URL("../../../docs/demo-model.md", import.meta.url), "utf8");

/** The rows of the table below a heading, cell by cell. */
function tableBelow(heading: string): string[][] {
  const section = text.split(`\n## ${heading}\n`)[1].split("\n## ")[0];
  const rows = section.split("\n").filter((line) => line.startsWith("|"));
  return rows.slice(2).map((row) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

function flatten(value: object, path = ""): string[][] {
  return Object.entries(value).flatMap(([key, entry]) => {
    const name = path ? `${path}.${key}` : key;
    if (Array.isArray(entry)) return [[`\`${name}\``, entry.join(", ")]];
    return typeof entry === "object" ? flatten(entry as object, name) : [[`\`${name}\``, String(entry)]];
  });
}

describe("docs/demo-model.md", () => {
  test("gives every parameter its value in the code", () => {
    expect(tableBelow("Parameters")).toEqual(flatten(demoParameters));
  });

  test("names only parameters that exist", () => {
    const groups = Object.keys(demoParameters).join("|");
    const named = [...text.matchAll(new RegExp(`\`((?:${groups})\\.[A-Za-z.]+)\``, "g"))].map(([, name]) => name);
    const flat = flatten(demoParameters).map(([name]) => name.slice(1, -1));
    expect(named.length).toBeGreaterThan(flat.length);
    expect(named.filter((name) => !flat.some((known) => known === name || known.startsWith(`${name}.`)))).toEqual([]);
  });

  test("lists the product types and the promotions of the code", () => {
    const weightOf = new Map<string, number>(demoCategories.map(({ name, weight }) => [name, weight]));
    expect(tableBelow("Product types")).toEqual(
      demoProductTypes.map(({ category, name, weight, price }) =>
        [category, weightOf.get(category), name, weight, price].map(String),
      ),
    );
    const days = demoParameters.offer.windowDays + 1;
    expect(tableBelow("Yearly sales and campaigns")).toEqual([
      ...demoSales.map((sale) => [
        sale.monthDay,
        String(sale.days),
        "sale",
        sale.name,
        String(sale.discountRate),
        sale.category ?? "all",
      ]),
      ...demoCampaigns.map((c) => [
        c.monthDay,
        String(days),
        c.channel,
        c.name,
        String(c.discountRate),
        c.category ?? "all",
      ]),
    ]);
  });

  test("its weights sum to one, over categories and over the types of each", () => {
    for (const { name } of demoCategories) {
      const weights = demoProductTypes.filter(({ category }) => category === name).map(({ weight }) => weight);
      expect(weights.reduce((a, b) => a + b)).toBeCloseTo(1, 9);
    }
    expect(demoCategories.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
  });
});
