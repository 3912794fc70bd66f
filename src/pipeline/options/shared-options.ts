import { RETURNS_POLICIES } from "../../features/index.js";
import { choice, daysOption, type OptionSchema, optional, pathOption, switchOption } from "./option-schema.js";

/** Options that several stages take. A stage's schema names the ones that it reads. */
export const sharedOptions = {
  returns: choice(RETURNS_POLICIES, "Returns: ignore them in money, or subtract them", { default: "drop" }),
  featureDir: optional(pathOption("folder", "Folder with SQL feature groups of your own")),
  horizonDays: optional(daysOption("Days to look ahead (default: the dataset's horizon)")),
  figures: switchOption("Write figures", { default: true, negated: "Skip figures", cosmetic: true }),
  plainIds: switchOption("Write customer ids instead of pseudonyms", { default: false }),
} as const;

/** Names of the shared options. */
export const SHARED_OPTIONS = Object.keys(sharedOptions) as readonly (keyof typeof sharedOptions)[];

/** Returns the shared options among given ones that a schema has. */
export function carriedOptions(
  schema: OptionSchema,
  given: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const names = SHARED_OPTIONS.filter((name) => name in schema.properties && given[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, given[name]]));
}
