export { type CheckOptions, checkValue } from "./check-value.js";
export { expectedOf } from "./expected.js";
export { fillDefaults } from "./fill-defaults.js";
export { fits } from "./fits.js";
export { parseJson } from "./parse-json.js";
export { schemaProblem } from "./schema-problem.js";
