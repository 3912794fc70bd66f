export { type NumberTextOptions, type NumberTexts, numberTexts } from "./number-texts.js";
export { textTable } from "./text-table.js";
