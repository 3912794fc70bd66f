import { expect, test } from "vitest";
import { maskedEmails, maskedValue } from "../../src/text/index.js";

test.each([
  ["anna.b@example.com", "a…m"],
  ["17850", "1…0"],
  ["abc", "…"],
  ["", "…"],
  ["𝒜nna𝓑", "𝒜…𝓑"],
])("maskedValue: %j is %j", (value, masked) => expect(maskedValue(value)).toBe(masked));

test.each([
  ['row 3: amount is "anna@example.com", expected a number', 'row 3: amount is "a…m", expected a number'],
  ["from a.b+c@mail.example.co.uk and o'neil@ünser.de", "from a…k and o…e"],
  ["rekindle@1.2.3 at 10:00, 5@3, user@localhost", "rekindle@1.2.3 at 10:00, 5@3, user@localhost"],
  ["nothing to mask: 2024-01-01, shop/orders.csv", "nothing to mask: 2024-01-01, shop/orders.csv"],
])("maskedEmails: %j", (text, masked) => expect(maskedEmails(text)).toBe(masked));
