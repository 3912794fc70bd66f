import { join } from "node:path";
import type { Engine } from "../../engine/index.js";
import type { Provenance } from "../registry/provenance.js";
import { plainNumber, type SourceColumnProfile } from "../sources/profile-source.js";

/** Published figures of a dataset, to verify an import. */
export interface DatasetFacts {
  readonly rows: number;
  /** Exact sum of line amounts. */
  readonly revenue: string;
  /** Figures by source column. */
  readonly columns: Readonly<Record<string, Partial<Pick<SourceColumnProfile, "empty" | "distinct" | "sum">>>>;
}

/**
 * Verifies an import against published figures.
 *
 * @param folder Folder of the import.
 * @throws {RangeError} If any figure differs; lists all differences.
 */
export async function checkFacts(
  engine: Engine,
  { name, tables, sources }: Provenance,
  facts: DatasetFacts,
  folder: string,
): Promise<void> {
  await engine.registerParquet("imported lines", join(folder, "lines.parquet"));
  const [{ revenue }] = await engine.rows('SELECT CAST(sum(amount) AS VARCHAR) AS revenue FROM "imported lines"');
  const profiles = sources.filter(({ table }) => table === "orders").flatMap(({ profile }) => profile?.columns ?? []);
  const found: [what: string, is: unknown, published: unknown][] = [
    ["rows", tables["lines"]?.rows, facts.rows],
    ["revenue", plainNumber(String(revenue)), facts.revenue],
  ];
  for (const [column, published] of Object.entries(facts.columns)) {
    const profile = profiles.find((candidate) => candidate.name === column);
    for (const [what, value] of Object.entries(published)) {
      found.push([`${column} ${what}`, profile?.[what as "empty" | "distinct" | "sum"], value]);
    }
  }
  const wrong = found.filter(([, is, published]) => is !== published);
  if (wrong.length) {
    const list = wrong
      .map(([what, is, published]) => `${what} ${String(is)} instead of ${String(published)}`)
      .join(", ");
    throw new RangeError(
      `Cannot accept the download of "${name}": it differs from the published file, ${list}; download it again`,
    );
  }
}
