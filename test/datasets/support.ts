import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { type AddDatasetOptions, addDataset, type Provenance, sharedDataFolder } from "../../src/datasets/index.js";
import { type Engine, openDuckDb, type Row } from "../../src/engine/index.js";
import { readEnvironment, type Workspace, workspaceAt } from "../../src/storage/environment.js";

const environment = readEnvironment();

/** The folder with the real files, if there is one. */
export const realData: string | undefined = sharedDataFolder(environment);

/** Tests on the real files: they fail in CI, and are left out with a word elsewhere, where the files are not there. */
export function describeOnRealData(title: string, body: (folder: string) => void): void {
  if (realData !== undefined) {
    const folder = realData;
    describe(title, () => body(folder));
  } else if (environment.ci) {
    describe(title, () => {
      it("finds the real files", () => {
        throw new Error("Cannot test on the real files: set REKINDLE_DATA to the folder that holds them");
      });
    });
  } else {
    const why = "left out, set REKINDLE_DATA to the folder with the real files";
    console.warn(`${title}: ${why}`);
    describe.skip(`${title} (${why})`, () => it("runs", () => {}));
  }
}

/** An engine and an empty workspace for the tests of one file. */
export interface Bench {
  readonly engine: Engine;
  readonly workspace: Workspace;
  /** Writes a source file and returns its path. */
  write(name: string, content: string | Uint8Array): string;
  /** Imports as `data add` does. */
  add(options: Partial<AddDatasetOptions> & { mapping?: unknown }): Promise<Provenance>;
  /** The rows of a raw table. */
  raw(dataset: string, table: string, sql?: string): Promise<Row[]>;
  /** Everything that lies in `datasets/raw`, also what is hidden. */
  leftovers(): string[];
}

export const now = new Date("2026-01-02T03:04:05Z");

/** Opens a bench before the tests of a `describe` and closes it after them. */
export function useBench({ threads = 2 }: { threads?: number } = {}): Bench {
  const home = mkdtempSync(join(tmpdir(), "rekindle-datasets-"));
  const workspace = workspaceAt(home);
  let engine: Engine;
  beforeAll(async () => {
    engine = await openDuckDb({ threads });
  });
  afterAll(() => {
    engine?.close();
    rmSync(home, { recursive: true, force: true });
  });
  const write = (name: string, content: string | Uint8Array) => {
    const path = join(home, "sources", name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  };
  return {
    get engine() {
      return engine;
    },
    workspace,
    write,
    add: ({ mapping, ...options }) => {
      const mappingPath = mapping === undefined ? options.mappingPath : write("mapping.json", JSON.stringify(mapping));
      return addDataset(engine, { workspace }, { name: "shop", now, ...options, mappingPath });
    },
    raw: async (dataset, table, sql = "SELECT * FROM raw_table") => {
      await engine.registerParquet("raw_table", join(workspace.rawDatasets, dataset, `${table}.parquet`));
      return engine.rows(sql);
    },
    leftovers: () => readdirSync(workspace.rawDatasets),
  };
}

/** Every file of a folder by name. */
export function filesOf(folder: string): Map<string, Buffer> {
  return new Map(
    readdirSync(folder)
      .sort()
      .map((name) => [name, readFileSync(join(folder, name))]),
  );
}
