import { isCalendarDay } from "../calendar-day.js";
import { categorySlug } from "../category-slug.js";
import { hint, isRecord, isTimezone } from "./mapping-checks.js";
import { type CleaningRule, type DatasetSettings, defaultSettings } from "./settings.js";

/**
 * Fills the settings of a mapping file up with the defaults. `strategy` may be given in part, `cleaning` takes the place
 * of the standard rules.
 *
 * @throws {SyntaxError} If a key is unknown or a value is of the wrong kind.
 *
 * @example
 * parseSettings({ currency: "USD", timezone: "America/New_York" }).currency; // "USD"
 */
export function parseSettings(json: unknown = {}): DatasetSettings {
  if (!isRecord(json)) throw refuse('"settings" is not an object');
  requireKeys("settings", json, [...Object.keys(defaultSettings), "default_as_of"]);
  const { strategy = {}, cleaning, ...rest } = json;
  if (!isRecord(strategy)) throw refuse('"settings.strategy" is not an object');
  requireKeys("settings.strategy", strategy, Object.keys(defaultSettings.strategy));
  const settings = {
    ...defaultSettings,
    ...rest,
    strategy: { ...defaultSettings.strategy, ...strategy },
    ...(cleaning === undefined ? {} : { cleaning: parseRules(cleaning) }),
  } as DatasetSettings;
  const { currency, timezone, locale, default_as_of, categories, protected: hidden } = settings;
  requireValue("currency", currency, "three letters such as EUR", /^[A-Z]{3}$/.test(currency));
  requireValue("timezone", timezone, "an IANA time zone", typeof timezone === "string" && isTimezone(timezone));
  requireValue("locale", locale, "a language tag such as en-GB", isLocale(locale));
  requireValue(
    "default_as_of",
    default_as_of,
    "a day as YYYY-MM-DD",
    default_as_of === undefined || isCalendarDay(default_as_of),
  );
  requireValue("categories", categories, "a list of names", isTexts(categories));
  requireOwnColumns(categories);
  requireValue("protected", hidden, "a list of columns", isTexts(hidden));
  for (const [key, value] of Object.entries(settings.strategy)) {
    const numbers: unknown[] = typeof value === "object" && value !== null ? Object.values(value) : [value];
    requireValue(
      `strategy.${key}`,
      value,
      "a number from 0",
      numbers.every((n) => typeof n === "number" && n >= 0),
    );
  }
  return settings;
}

function parseRules(json: unknown): CleaningRule[] {
  if (!Array.isArray(json)) throw refuse('"settings.cleaning" is not a list of rules');
  const names = new Set<unknown>();
  for (const rule of json as unknown[]) {
    if (!isRecord(rule)) throw refuse(`"settings.cleaning" has ${JSON.stringify(rule)}, a rule is an object`);
    requireKeys("settings.cleaning", rule, ["name", "table", "where", "action", "set", "reason"]);
    for (const key of ["name", "where", "action", "reason"]) {
      if (typeof rule[key] !== "string") throw refuse(`the cleaning rule ${JSON.stringify(rule)} lacks "${key}"`);
    }
    const { name, action, set } = rule;
    if (names.has(name)) throw refuse(`two cleaning rules are called "${String(name)}"`);
    names.add(name);
    if (!["drop", "return", "set"].includes(String(action))) {
      throw refuse(
        `the cleaning rule "${String(name)}" has the action "${String(action)}", drop, return or set is needed`,
      );
    }
    if (action === "set" && !isRecord(set))
      throw refuse(`the cleaning rule "${String(name)}" sets nothing, "set" is needed`);
  }
  return json as CleaningRule[];
}

/** Every category needs a column of its own. */
function requireOwnColumns(categories: readonly string[]): void {
  const names = new Map<string, string>();
  for (const category of categories) {
    const slug = categorySlug(category);
    const other = names.get(slug);
    if (slug === "")
      throw refuse(`the category "${category}" gives no column name, Latin letters or digits are needed`);
    if (other !== undefined) {
      throw refuse(`the categories "${other}" and "${category}" would share the column name "${slug}", rename one`);
    }
    names.set(slug, category);
  }
}

function requireKeys(where: string, json: Record<string, unknown>, known: readonly string[]): void {
  const unknown = Object.keys(json).find((key) => !known.includes(key));
  if (unknown !== undefined) throw refuse(`"${where}" has an unknown key "${unknown}"${hint(unknown, known)}`);
}

function requireValue(name: string, value: unknown, needed: string, fits: boolean): void {
  if (!fits) throw refuse(`"settings.${name}" is ${JSON.stringify(value)}, ${needed} is needed`);
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function isLocale(value: string): boolean {
  try {
    return Boolean(Intl.getCanonicalLocales(value)[0]);
  } catch {
    return false;
  }
}

function refuse(what: string): SyntaxError {
  return new SyntaxError(`Cannot read the mapping: ${what}`);
}
