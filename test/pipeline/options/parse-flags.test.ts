import { expect, test } from "vitest";
import {
  choice,
  dayOption,
  daysOption,
  defineOptions,
  optional,
  weightsOption,
  wholeNumber,
} from "../../../src/pipeline/options/option-schema.js";
import { parseFlags } from "../../../src/pipeline/options/parse-flags.js";

const options = defineOptions({
  seed: wholeNumber("Seed", { default: 7 }),
  returns: choice(["drop", "net"], "Returns", { default: "drop" }),
  asOf: optional(dayOption("Day")),
});
const parsed = (flags: Record<string, string>) => parseFlags(options, flags, { cwd: "/" });

test("parseFlags: only options that were given are in the result", () => {
  expect(parsed({})).toEqual({});
  expect(parsed({ seed: "12", returns: "net", "as-of": "2024-02-29" })).toEqual({
    seed: 12,
    returns: "net",
    asOf: "2024-02-29",
  });
});

test.each(["1.5", "-1", "many", "", "1e400", "9007199254740993", " 5", "0x10", "1e3"])(
  "parseFlags: %j is no whole number",
  (seed) => {
    expect(() => parsed({ seed })).toThrow(`Cannot use --seed ${seed}: expected a whole number, at least 0`);
  },
);

test.each(["0", "1e-7", "1000001", `1${"0".repeat(300)}`, "-1", "", "many"])(
  "parseFlags: %j is no weight",
  (weight) => {
    const weights = defineOptions({ weights: weightsOption("Weights") });
    const read = (text: string) => parseFlags(weights, { weights: `monetary=${text}` }, { cwd: "/" });
    expect(() => read(weight)).toThrow("expected a number from 0.000001 to 1000000");
    expect(read("1000000")).toEqual({ weights: { monetary: 1e6 } });
    expect(read("0.000001")).toEqual({ weights: { monetary: 1e-6 } });
  },
);

test("parseFlags: days end with the calendar, after a hundred years", () => {
  const days = defineOptions({ horizonDays: optional(daysOption("Days")) });
  const read = (text: string) => parseFlags(days, { "horizon-days": text }, { cwd: "/" });
  expect(read("36500")).toEqual({ horizonDays: 36_500 });
  expect(() => read("36501")).toThrow("Cannot use --horizon-days 36501: expected a whole number from 1 to 36500");
});

test("parseFlags: a word is one of those that there are", () => {
  expect(() => parsed({ returns: "Net" })).toThrow("Cannot use --returns Net: expected drop or net");
});

test.each(["2023-02-29", "2024-1-1", "yesterday", "2024-01-01T00:00", ""])("parseFlags: %j is no day", (day) => {
  expect(() => parsed({ "as-of": day })).toThrow(`Cannot use --as-of ${day}: expected a calendar day as YYYY-MM-DD`);
});
