export {
  checkedDay,
  DAY_MS,
  dateOfEpochDay,
  dayBefore,
  epochDay,
  isCalendarDay,
  lastDayOfMonth,
  weekdayOfEpochDay,
} from "./calendar-day.js";
export { categorySlug } from "./category-slug.js";
export { type CsvCell, csvField, csvRow, csvText } from "./csv-text.js";
export { type DelimitedRecord, readRecord } from "./delimited-record.js";
export { type DelimitedText, parseDelimited } from "./delimited-text.js";
export { displayWidth } from "./display-width.js";
export { Html, html } from "./html.js";
export { isRecord } from "./is-record.js";
export { maskedEmails, maskedValue } from "./masked-value.js";
export { plainLine } from "./plain-line.js";
export { SEGMENT_NAMES, type SegmentName, TOO_FEW_ORDERS } from "./segment-names.js";
export { sentenceCase } from "./sentence-case.js";
export { shownCell } from "./shown-cell.js";
export { shownId } from "./shown-id.js";
export { slug } from "./slug.js";
export { camelCase, snakeCase, snakeCaseKeys } from "./snake-case.js";
