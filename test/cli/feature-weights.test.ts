import { expect, test } from "vitest";
import { CliError } from "../../src/cli/cli-error.js";
import { featureWeights } from "../../src/cli/commands/feature-weights.js";

const features = ["recency_days", "frequency", "monetary"];

test("weights are by feature, and none is none", () => {
  expect(featureWeights("monetary=2, frequency = .5", { features })).toEqual({ monetary: 2, frequency: 0.5 });
  expect(featureWeights(undefined, { features })).toEqual({});
});

test.each([
  ["monetary", '"monetary" is no name=number, such as monetary=2'],
  ["", '"" is no name=number, such as monetary=2'],
  ["monetary=2,", '"" is no name=number, such as monetary=2'],
  ["=2", '"=2" is no name=number, such as monetary=2'],
  ["monetary=2=3", '"monetary=2=3" is no name=number, such as monetary=2'],
  [
    "monetery=2",
    'there is no feature "monetery", did you mean "monetary"?; clusters are made of recency_days, frequency, monetary',
  ],
  ["price_mean=2", 'there is no feature "price_mean"; clusters are made of recency_days, frequency, monetary'],
  ["monetary=", 'the weight of "monetary" is empty, a number above 0 is needed'],
  ["monetary=much", 'the weight of "monetary" is "much", a number above 0 is needed'],
  ["monetary=0", 'the weight of "monetary" is "0", a number above 0 is needed'],
  ["monetary=-1", 'the weight of "monetary" is "-1", a number above 0 is needed'],
  ["monetary=Infinity", 'the weight of "monetary" is "Infinity", a number above 0 is needed'],
  ["monetary=2,monetary=3", '"monetary" has two weights, one is needed'],
])("--weights %j is refused in a line", (given, message) => {
  const call = () => featureWeights(given, { features });
  expect(call).toThrow(CliError);
  expect(call).toThrow(`Cannot use --weights ${given}: ${message}`);
});
