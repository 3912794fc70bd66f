import {
  type DatasetSettings,
  openTrustedTables,
  type Provenance,
  type ResolvedDataset,
  rulesHash,
  type TrustedDataset,
} from "../datasets/index.js";
import type { Engine } from "../engine/index.js";
import { didYouMean } from "../errors.js";
import { type Observations, type ObservationsOptions, openObservations } from "../features/index.js";
import { resolveAsOf } from "./as-of.js";

/** A cleaned dataset, open in an engine. */
export interface OpenedDataset {
  readonly provenance: Provenance;
  readonly rawFolder: string;
  readonly trusted: TrustedDataset;
  readonly asOf: string;
  /** Days of the first and the last trusted order, whatever `asOf` is. */
  readonly firstOrder: string;
  readonly lastOrder: string;
  /** Remarks on `asOf`. */
  readonly remarks: readonly string[];
  /** Opens observations of what is known at `asOf`. */
  observe(options?: Omit<ObservationsOptions, "asOf">): Promise<Observations>;
}

/**
 * Opens the trusted tables of a dataset in the engine.
 *
 * @param asked Last day that anything may see; by default the dataset's own.
 * @throws {Error} If the dataset is not cleaned, or was imported again or given other rules since.
 */
export async function openDataset(
  engine: Engine,
  { provenance, rawFolder, processedFolder }: ResolvedDataset,
  asked?: string,
): Promise<OpenedDataset> {
  const { settings, name, sha256 } = provenance;
  const opened = await openTrustedTables(engine, processedFolder);
  const clean = `run npx rekindle clean --dataset ${name}`;
  if (opened.sha256 !== sha256) {
    throw new Error(`Cannot open dataset "${name}": its trusted tables come from an earlier import; ${clean}`);
  }
  if (opened.rules_sha256 !== rulesHash(settings)) {
    throw new Error(`Cannot open dataset "${name}": its trusted tables were cleaned by other rules; ${clean}`);
  }
  await requireCategories(engine, opened, settings);
  // Read now: a changed setting takes effect without cleaning again.
  const trusted = { ...opened, settings };
  const [days] = await engine.rows("SELECT min(ordered_on) AS first, max(ordered_on) AS last FROM orders");
  const [firstOrder, lastOrder] = [String(days["first"]), String(days["last"])];
  const { asOf, remarks } = resolveAsOf(asked, {
    lastOrder,
    defaultAsOf: settings.default_as_of,
    importedOn: provenance.imported_at.slice(0, 10),
  });
  const observe: OpenedDataset["observe"] = (options) => openObservations(engine, trusted, { ...options, asOf });
  return { provenance, rawFolder, trusted, asOf, firstOrder, lastOrder, remarks, observe };
}

/** Refuses categories of the settings that no product has: their features would be 0 for everyone. @throws {RangeError} */
async function requireCategories(
  engine: Engine,
  { name, tables }: TrustedDataset,
  { categories }: DatasetSettings,
): Promise<void> {
  if (!categories.length) return;
  const refuse = (category: string, why: string) =>
    new RangeError(`Cannot use the category "${category}" of datasets/${name}/settings.json: ${why}`);
  if (!tables["products"]?.includes("category")) {
    throw refuse(categories[0], "the dataset has no products.category; set categories to []");
  }
  const rows = await engine.rows("SELECT DISTINCT category FROM products WHERE category IS NOT NULL ORDER BY 1");
  const known = rows.map(({ category }) => String(category));
  const unknown = categories.find((category) => !known.includes(category));
  if (unknown !== undefined) throw refuse(unknown, `no product has it; ${didYouMean(unknown, known)}`);
}
