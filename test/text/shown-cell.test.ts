import { expect, test } from "vitest";
import { shownCell, shownId } from "../../src/text/index.js";

test.each([
  "31.02.2024x",
  "2024-02-30T25:00:00Z",
  "2024-01-01 10:00:00+01:00",
  "01.02.2024 13:00",
  "30 Février 2024",
  "Sat, 31 Feb 2024 9:30 PM",
  "1.234,50 €",
  "EUR 12,-",
  "(12.50)",
  "-5",
  "n/a",
  "never",
  "",
])("shownCell: %j can only be a time or a number", (text) => expect(shownCell(text)).toBe(text));

test.each([
  ["Anna Schmidt +49 170 123456", "A…6"],
  ["+49 170 123456", "+…6"],
  ["0171 9990001", "0…1"],
  ["01719990001", "0…1"],
  ["Anna", "A…a"],
  ["anna@example.com", "a…m"],
  ["May April June March", "M…h"],
  ["1#2-34", "1…4"],
])("shownCell: %j is %j", (text, shown) => expect(shownCell(text)).toBe(shown));

test.each([
  ["536365", "536365"],
  ["A-7/2", "A-7/2"],
  ["Maria Muster Order 7", "M…7"],
  ["anna@example.com", "a…m"],
])("shownId: %j is %j", (id, shown) => expect(shownId(id)).toBe(shown));
