// Schemas are made with TypeBox, whose builder is here so that options can be declared without naming it.
export { type Static, Type } from "typebox";
export { calendarDay } from "./calendar-day.js";
export { type CheckOptions, checkValue } from "./check-value.js";
export { expectedOf } from "./expected.js";
export { fillDefaults } from "./fill-defaults.js";
export { fits } from "./fits.js";
export { oneOf, wordHint } from "./one-of.js";
export { parseJson } from "./parse-json.js";
export { parseJsonText } from "./parse-json-text.js";
export { schemaProblem } from "./schema-problem.js";
