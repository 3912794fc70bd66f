import { join } from "node:path";
import { beforeAll, expect } from "vitest";
import { type CleaningReport, cleanDataset } from "../../../src/cleaning/index.js";
import {
  type AddDatasetOptions,
  addDataset,
  openTrustedTables,
  type Provenance,
  resolveDataset,
  type SourceProfile,
} from "../../../src/datasets/index.js";
import type { Row } from "../../../src/engine/index.js";
import { type Bench, now, useBench } from "../support.js";

/** A dataset of the shared folder, imported and cleaned once for the tests of one `describe`. */
export interface RealDataset extends Bench {
  readonly provenance: Provenance;
  readonly report: CleaningReport;
  /** The profile of a table's source file. */
  profile(table: string): SourceProfile;
  /** The answer of a query over the relation `lines`, which is the raw import, and the trusted tables. */
  ask(sql: string): Promise<Row[]>;
  /** The same dataset cleaned in another way. */
  cleanAgain(options: { deduplicate: boolean }): Promise<CleaningReport>;
}

export function useRealDataset(
  dataFolder: string,
  options: Partial<AddDatasetOptions> & { readonly name: string },
): RealDataset {
  const bench = useBench();
  let provenance: Provenance;
  let report: CleaningReport;
  const clean = async (deduplicate: boolean) => {
    const resolved = await resolveDataset(bench.workspace, options.name);
    const folder = deduplicate ? `${resolved.processedFolder}-deduplicated` : resolved.processedFolder;
    const cleaned = await cleanDataset(bench.engine, resolved.provenance, {
      rawFolder: resolved.rawFolder,
      folder,
      deduplicate,
    });
    await openTrustedTables(bench.engine, resolved.processedFolder);
    return cleaned;
  };
  beforeAll(async () => {
    provenance = await addDataset(bench.engine, { workspace: bench.workspace, dataFolder }, { now, ...options });
    report = await clean(false);
    await bench.engine.registerParquet("lines", join(bench.workspace.rawDatasets, options.name, "lines.parquet"));
  });
  return Object.defineProperties({} as RealDataset, {
    ...Object.getOwnPropertyDescriptors(bench),
    provenance: { get: () => provenance },
    report: { get: () => report },
    profile: {
      value: (table: string) => {
        const found = provenance.sources.find((source) => source.table === table)?.profile;
        expect(found).toBeDefined();
        return found as SourceProfile;
      },
    },
    ask: { value: (sql: string) => bench.engine.rows(sql) },
    cleanAgain: { value: ({ deduplicate }: { deduplicate: boolean }) => clean(deduplicate) },
  });
}

/** What a ledger says of a rule. */
export function after(report: CleaningReport, rule: string): { rows: number; customers: number; revenue: number } {
  const entry = report.ledger.find((candidate) => candidate.rule === rule);
  expect(entry, rule).toBeDefined();
  const { rows_after = Number.NaN, customers_after = Number.NaN, revenue_after = Number.NaN } = entry ?? {};
  return { rows: rows_after, customers: customers_after, revenue: revenue_after };
}
