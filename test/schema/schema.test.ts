import { Type } from "typebox";
import { expect, test } from "vitest";
import {
  calendarDay,
  checkValue,
  expectedOf,
  fits,
  parseJson,
  parseJsonText,
  schemaProblem,
} from "../../src/schema/index.js";
import { isCalendarDay } from "../../src/text/index.js";

const strategy = Type.Object(
  {
    margin: Type.Number({ minimum: 0, maximum: 1, expected: "a share in [0, 1]", default: 0.3 }),
    days: Type.Optional(Type.Integer({ minimum: 1 })),
    rules: Type.Optional(Type.Enum(["standard", "strict"])),
    names: Type.Optional(Type.Array(Type.String())),
    limits: Type.Optional(Type.Record(Type.String(), Type.Number({ minimum: 0 }))),
  },
  { additionalProperties: false },
);
const settings = Type.Object({ strategy }, { additionalProperties: false });

test.each([
  [{ strategy: { margin: 0.3, days: 2, rules: "strict", names: ["a"], limits: { x: 1 } } }, undefined],
  [3, '"settings" is 3; expected an object'],
  [[], '"settings" is []; expected an object'],
  [{}, '"settings" has no "strategy"; expected an object'],
  [{ strategy: {} }, '"settings.strategy" has no "margin"; expected a share in [0, 1]'],
  [{ strategy: { margin: 1.5 } }, '"settings.strategy.margin" is 1.5; expected a share in [0, 1]'],
  [{ strategy: { margin: Number.NaN } }, '"settings.strategy.margin" is null; expected a share in [0, 1]'],
  [{ strategy: { margn: 0.3 } }, '"settings.strategy" has an unknown key "margn"; did you mean "margin"?'],
  [
    { strategy: { margin: 0, entirely: 0 } },
    '"settings.strategy" has an unknown key "entirely"; expected margin, days, rules, names, limits',
  ],
  [
    { strategy: { toString: 0 } },
    '"settings.strategy" has an unknown key "toString"; expected margin, days, rules, names, limits',
  ],
  [{ strategy: { margin: 0, days: 0 } }, '"settings.strategy.days" is 0; expected a whole number, at least 1'],
  [{ strategy: { margin: 0, rules: "lax" } }, '"settings.strategy.rules" is "lax"; expected "standard" or "strict"'],
  [{ strategy: { margin: 0, names: ["a", 2] } }, '"settings.strategy.names[1]" is 2; expected text'],
  [
    { strategy: { margin: 0, limits: { x: -1 } } },
    '"settings.strategy.limits.x" is -1; expected a number of at least 0',
  ],
])("schemaProblem: names the path, the value and what is expected of %j", (value, problem) => {
  expect(schemaProblem(settings, value, { where: "settings" })).toBe(problem);
});

test("schemaProblem: without a name for the whole, keys stand alone", () => {
  expect(schemaProblem(strategy, { margn: 1 })).toBe('"margn" is an unknown key; did you mean "margin"?');
  expect(schemaProblem(strategy, {})).toBe('"margin" is missing; expected a share in [0, 1]');
  expect(schemaProblem(strategy, { margin: "x".repeat(200) })).toBe(
    `"margin" is "${"x".repeat(76)}…; expected a share in [0, 1]`,
  );
});

test("checkValue: fills in defaults and leaves the value alone", () => {
  const given = { days: 3 };
  expect(checkValue(strategy, given, { action: "read the strategy" })).toEqual({ days: 3, margin: 0.3 });
  expect(given).toEqual({ days: 3 });
  expect(() => checkValue(strategy, { days: 0.5 }, { action: "read the strategy", where: "strategy" })).toThrow(
    new SyntaxError('Cannot read the strategy: "strategy.days" is 0.5; expected a whole number, at least 1'),
  );
});

test("parseJson: refuses text that is not JSON", () => {
  expect(() => parseJson(strategy, "{", { action: 'read "a.json"' })).toThrow(
    /^Cannot read "a.json": not valid JSON \(/,
  );
  expect(parseJson(strategy, '{"margin": 1}', { action: 'read "a.json"' })).toEqual({ margin: 1 });
});

test("parseJsonText: a key that copies of the object would lose is refused, the word elsewhere is not", () => {
  const read = (text: string) => () => parseJsonText(text, { action: "read the mapping" });
  for (const text of ['{"__proto__": {"file": "x.csv"}}', '{"orders": [{"__proto__": 1}]}']) {
    expect(read(text)).toThrow('Cannot read the mapping: it has the key "__proto__", which is not allowed; rename it');
  }
  expect(read('{"title": "__proto__"}')()).toEqual({ title: "__proto__" });
});

test("parseJsonText: any JSON, or an error that names the action", () => {
  expect(parseJsonText("[1]", { action: 'read "a.json"' })).toEqual([1]);
  expect(() => parseJsonText("", { action: 'read "a.json"' })).toThrow(
    'Cannot read "a.json": not valid JSON (Unexpected end of JSON input)',
  );
});

test("expectedOf: describes ranges, words and lists", () => {
  expect(expectedOf(Type.Number({ exclusiveMinimum: 0, maximum: 1 }))).toBe("a number above 0 and at most 1");
  expect(expectedOf(Type.Array(Type.Integer()))).toBe("a list, each item a whole number");
  expect(expectedOf(Type.Union([Type.Literal("."), Type.Literal(",")]))).toBe('"." or ","');
});

test.each([
  ["2024-02-29", true],
  ["2023-02-29", false],
  ["2023-2-9", false],
  ["2023-02-09T00:00", false],
  [20230209, false],
])("calendarDay: %j fits: %s", (day, valid) => {
  expect(fits(calendarDay(), day)).toBe(valid);
  expect(isCalendarDay(day)).toBe(valid);
});
