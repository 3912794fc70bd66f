import { nearest } from "../../errors.js";
import { isRecord } from "../../text/index.js";

export { isRecord } from "../../text/index.js";

/** Throws if an option has a value of the wrong type. */
export function checkOptions(entry: Record<string, unknown>, refuse: (what: string) => SyntaxError): void {
  const isText = (value: unknown) => typeof value === "string";
  const isTexts = (value: unknown) => Array.isArray(value) && value.every(isText);
  const kinds: Record<string, readonly [needed: string, fits: (value: unknown) => boolean]> = {
    file: ["a file name", isText],
    delimiter: ["one character", (value) => isText(value) && (value as string).length === 1],
    encoding: ['"utf-8" or "latin-1"', (value) => value === "utf-8" || value === "latin-1"],
    decimal: ['"." or ","', (value) => value === "." || value === ","],
    timezone: ["an IANA time zone", (value) => isText(value) && isTimezone(value as string)],
    header: ["a list of column names", isTexts],
    sheets: ["a list of sheet names", isTexts],
    timestamp_format: ["a format or a list of formats", (value) => isText(value) || isTexts(value)],
    formats: ["an object of formats", isRecord],
    join: ['a list of {"file": …, "on": […]}', (value) => Array.isArray(value) && value.every(isJoin)],
  };
  for (const [key, [needed, fits]] of Object.entries(kinds)) {
    const value = entry[key];
    if (value !== undefined && !fits(value))
      throw refuse(`has ${JSON.stringify(value)} as "${key}"; expected ${needed}`);
  }
}

function isJoin(value: unknown): boolean {
  return isRecord(value) && typeof value["file"] === "string" && Array.isArray(value["on"]) && value["on"].length > 0;
}

/** Returns true if the platform knows the IANA time zone. */
export function isTimezone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: zone }));
  } catch {
    return false;
  }
}

/** Returns "; did you mean …?" if a candidate is near, else an empty text. */
export function hint(word: string, candidates: readonly string[]): string {
  const near = nearest(word, candidates);
  return near ? `; did you mean "${near}"?` : "";
}
