import { expect, test } from "vitest";
import { categorySlug, slug } from "../../src/text/index.js";

test.each([
  ["Lost/Churned", "lost-churned"],
  ["  Home & Garden ", "home-garden"],
  ["a--b__c", "a-b-c"],
  ["2023 Q1", "2023-q1"],
  ["Ä!", ""],
  ["", ""],
])("slug of %j is %j", (text, expected) => {
  expect(slug(text)).toBe(expected);
});

test("a category slug has underscores", () => {
  expect(categorySlug(" Home & Garden")).toBe("home_garden");
});
