import type { NumberTexts } from "../../table/index.js";
import type { SourceWarning } from "../data-quality/input.js";

/**
 * States an observation on an imported file.
 *
 * @example
 * sourceWarningInWords({ code: "unreadable", rows: 3 }, numberTexts()); // "3 rows could not be read and were left out"
 */
export function sourceWarningInWords(warning: SourceWarning, { count }: NumberTexts): string {
  switch (warning.code) {
    case "note":
      return warning.text;
    case "duplicates":
      return `${count(warning.rows)} rows repeat an earlier one in every column`;
    case "rule":
      return `${warning.rule.replaceAll("_", " ")}: ${count(warning.rows)} rows. ${warning.reason}`;
    case "unreadable":
      return `${count(warning.rows)} rows could not be read and were left out`;
  }
}
