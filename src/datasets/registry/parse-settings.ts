import { didYouMean, requireKnownOptions } from "../../errors.js";
import { checkValue } from "../../schema/index.js";
import { categorySlug } from "../../text/index.js";
import { sourceContract } from "../import/contract.js";
import { isTimezone } from "../mapping/is-timezone.js";
import type { CleaningRule, DatasetSettings, StrategySettings } from "./settings.js";
import { settingsSchema } from "./settings-schema.js";

/** Segment of the customers that match no other rule. */
const REST = "Lost/Churned";

/**
 * Parses the settings of a dataset and adds defaults. `strategy` may be partial; `cleaning` replaces the standard rules.
 *
 * @param options.action What is being done, for errors; defaults to "read the mapping".
 * @throws {SyntaxError} If a key is unknown or a value is invalid.
 *
 * @example
 * parseSettings({ currency: "USD", timezone: "America/New_York" }).currency; // "USD"
 */
export function parseSettings(json: unknown = {}, options: { readonly action?: string } = {}): DatasetSettings {
  requireKnownOptions("read settings", options, { action: true });
  const { action = "read the mapping" } = options;
  const settings = checkValue(settingsSchema, json, { action, where: "settings" }) as DatasetSettings;
  const problem = semanticProblem(settings);
  if (problem !== undefined) throw new SyntaxError(`Cannot ${action}: ${problem}`);
  return settings;
}

/** What a schema cannot express. */
function semanticProblem(settings: DatasetSettings): string | undefined {
  const { timezone, locale, categories, strategy, segments, cleaning } = settings;
  const wrong = (name: string, value: unknown, expected: string) =>
    `"settings.${name}" is ${JSON.stringify(value)}; expected ${expected}`;
  if (!isTimezone(timezone)) return wrong("timezone", timezone, "an IANA time zone");
  if (!isLocale(locale)) return wrong("locale", locale, "a language tag such as en-GB");
  if (!isIncreasing(strategy.save_rate)) {
    return wrong("strategy.save_rate", strategy.save_rate, "low, mid and high, increasing shares in [0, 1]");
  }
  if (segments?.thresholds?.[REST] !== undefined) {
    return `"settings.segments.thresholds.${REST}" has conditions, but that segment takes all remaining customers; remove it`;
  }
  return protectedProblem(settings.protected) ?? categoryProblem(categories) ?? rulesProblem(cleaning);
}

function isIncreasing({ low, mid, high }: StrategySettings["save_rate"]): boolean {
  return low <= mid && mid <= high;
}

/** A mistyped column would not be protected. */
function protectedProblem(columns: readonly string[]): string | undefined {
  const known = Object.keys(sourceContract.customers.columns).filter((name) => name !== "customer_id");
  const unknown = columns.find((name) => !known.includes(name));
  return unknown === undefined
    ? undefined
    : `"settings.protected" has "${unknown}", which is no column of customers; ${didYouMean(unknown, known)}`;
}

/** Every category needs a column name of its own. */
function categoryProblem(categories: readonly string[]): string | undefined {
  const names = new Map<string, string>();
  for (const category of categories) {
    const slug = categorySlug(category);
    const other = names.get(slug);
    if (slug === "") return `the category "${category}" gives no column name; use Latin letters or digits`;
    if (other !== undefined) {
      return `the categories "${other}" and "${category}" would share the column name "${slug}"; rename one`;
    }
    names.set(slug, category);
  }
  return undefined;
}

function rulesProblem(rules: readonly CleaningRule[]): string | undefined {
  const names = new Set<string>();
  for (const { name, action, set, table = "lines" } of rules) {
    if (names.has(name)) return `two cleaning rules have the name "${name}"`;
    names.add(name);
    if (action === "return" && table !== "lines") {
      return `the cleaning rule "${name}" moves rows of "${table}" to the returns; only rows of "lines" can be returns`;
    }
    if (action === "set" && set === undefined) {
      return `the cleaning rule "${name}" sets nothing; give "set" a column and its SQL`;
    }
  }
  return undefined;
}

function isLocale(value: string): boolean {
  try {
    return Boolean(Intl.getCanonicalLocales(value)[0]);
  } catch {
    return false;
  }
}
