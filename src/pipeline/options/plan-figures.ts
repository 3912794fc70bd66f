import { defineOptions, numberOption, optional, shareOption, textOption, wholeNumber } from "./option-schema.js";

/** Figures that take the place of a dataset's history in a plan. */
export const planFigures = defineOptions({
  customers: optional(wholeNumber("Plan from figures: customers who can be contacted", { minimum: 2 })),
  rate: optional(shareOption("Plan from figures: conversion rate without a campaign, such as 0.12")),
  mean: optional(amount("Plan from figures: mean spend per customer, buyers or not")),
  deviation: optional(amount("Plan from figures: standard deviation of spend")),
  correlation: optional(
    numberOption("Plan from figures: correlation with past spend, for CUPED", {
      exclusiveMinimum: -1,
      exclusiveMaximum: 1,
      expected: "a number between -1 and 1",
    }),
  ),
  currency: optional(
    textOption("Plan from figures: currency (default: EUR)", {
      value: "<code>",
      pattern: "^[A-Z]{3}$",
      expected: "a code of three capitals, such as EUR",
    }),
  ),
});

function amount(description: string) {
  return numberOption(description, { value: "<amount>", exclusiveMinimum: 0, expected: "a number above 0" });
}
