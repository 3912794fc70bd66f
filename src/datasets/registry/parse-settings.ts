import { categorySlug, isCalendarDay } from "../../text/index.js";
import { sourceContract } from "../import/contract.js";
import { hint, isRecord, isTimezone } from "../mapping/mapping-checks.js";
import { checkSegments } from "./segment-settings.js";
import { type CleaningRule, type DatasetSettings, defaultSettings, type StrategySettings } from "./settings.js";

/**
 * Parses the settings of a mapping file and adds defaults. `strategy` may be partial; `cleaning` replaces the standard
 * rules.
 *
 * @throws {SyntaxError} If a key is unknown or a value is invalid.
 *
 * @example
 * parseSettings({ currency: "USD", timezone: "America/New_York" }).currency; // "USD"
 */
export function parseSettings(json: unknown = {}): DatasetSettings {
  if (!isRecord(json)) throw refuse('"settings" is not an object');
  requireKeys("settings", json, [...Object.keys(defaultSettings), "default_as_of", "label_horizons", "segments"]);
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
  requireValue(
    "label_horizons",
    settings.label_horizons,
    "a list of different whole numbers of days",
    settings.label_horizons === undefined || isHorizons(settings.label_horizons),
  );
  checkStrategy(settings.strategy);
  if (settings.segments !== undefined) checkSegments(settings.segments);
  return settings;
}

function checkStrategy(strategy: StrategySettings): void {
  const { horizon_days, contact_cost, incentive, cost_fp, cost_fn, margin, redeem_rate, save_rate } = strategy;
  requireValue("strategy.horizon_days", horizon_days, "a whole number from 1", isDays(horizon_days));
  for (const [key, value] of Object.entries({ contact_cost, incentive, cost_fp, cost_fn })) {
    requireValue(`strategy.${key}`, value, "a number from 0", Number.isFinite(value) && value >= 0);
  }
  for (const [key, value] of Object.entries({ margin, redeem_rate })) {
    requireValue(`strategy.${key}`, value, "a share in [0, 1]", isShare(value));
  }
  const rates = "low, mid and high, increasing shares in [0, 1]";
  requireValue("strategy.save_rate", save_rate, rates, isRecord(save_rate));
  requireKeys("settings.strategy.save_rate", save_rate, ["low", "mid", "high"]);
  const { low, mid, high } = save_rate;
  const rising = [low, mid, high].every(isShare) && low <= mid && mid <= high;
  requireValue("strategy.save_rate", save_rate, rates, rising);
}

/** Tables of cleaning rules; orders and their lines are one table, `lines`. */
const ruleTables = [
  "lines",
  ...Object.keys(sourceContract).filter((name) => name !== "orders" && name !== "order_lines"),
];

function parseRules(json: unknown): CleaningRule[] {
  if (!Array.isArray(json)) throw refuse('"settings.cleaning" is not a list of rules');
  const names = new Set<unknown>();
  for (const rule of json as unknown[]) {
    if (!isRecord(rule)) throw refuse(`"settings.cleaning" has ${JSON.stringify(rule)}; expected an object`);
    requireKeys("settings.cleaning", rule, ["name", "table", "where", "action", "set", "reason"]);
    for (const key of ["name", "where", "action", "reason"]) {
      if (typeof rule[key] !== "string") throw refuse(`the cleaning rule ${JSON.stringify(rule)} lacks "${key}"`);
    }
    const { name, action, set, table = "lines" } = rule;
    const where = `the cleaning rule "${String(name)}"`;
    if (typeof table !== "string" || !ruleTables.includes(table)) {
      const meant = hint(String(table), ruleTables);
      throw refuse(
        `${where} is on the table "${String(table)}"${meant || ";"} expected one of ${ruleTables.join(", ")}`,
      );
    }
    if (action === "return" && table !== "lines") {
      throw refuse(`${where} moves rows of "${table}" to the returns; only rows of "lines" can be returns`);
    }
    if (names.has(name)) throw refuse(`two cleaning rules have the name "${String(name)}"`);
    names.add(name);
    if (!["drop", "return", "set"].includes(String(action))) {
      throw refuse(
        `the cleaning rule "${String(name)}" has the action "${String(action)}"; expected drop, return or set`,
      );
    }
    if (action === "set" && !(isRecord(set) && isTexts(Object.values(set)) && Object.keys(set).length)) {
      throw refuse(`${where} sets nothing; give "set" a column and its SQL`);
    }
  }
  return json as CleaningRule[];
}

/** Throws unless every category has a unique column name. */
function requireOwnColumns(categories: readonly string[]): void {
  const names = new Map<string, string>();
  for (const category of categories) {
    const slug = categorySlug(category);
    const other = names.get(slug);
    if (slug === "") throw refuse(`the category "${category}" gives no column name; use Latin letters or digits`);
    if (other !== undefined) {
      throw refuse(`the categories "${other}" and "${category}" would share the column name "${slug}"; rename one`);
    }
    names.set(slug, category);
  }
}

function requireKeys(where: string, json: Record<string, unknown>, known: readonly string[]): void {
  const unknown = Object.keys(json).find((key) => !known.includes(key));
  if (unknown !== undefined) throw refuse(`"${where}" has an unknown key "${unknown}"${hint(unknown, known)}`);
}

function requireValue(name: string, value: unknown, needed: string, fits: boolean): void {
  if (!fits) throw refuse(`"settings.${name}" is ${JSON.stringify(value)}; expected ${needed}`);
}

function isDays(value: unknown): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= 1;
}

function isShare(value: unknown): boolean {
  return typeof value === "number" && value >= 0 && value <= 1;
}

function isHorizons(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isDays) && new Set(value).size === value.length;
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
