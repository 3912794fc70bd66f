import { copyFile, mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Engine } from "../engine/index.js";
import type { Workspace } from "../environment.js";
import { type DemoOptions, writeDemo } from "./demo/index.js";
import { demoDataset } from "./demo/mapping.js";
import { importDataset } from "./import-dataset.js";
import type { Provenance } from "./provenance.js";
import { sniffText } from "./text-source.js";

export interface MakeDemoOptions extends DemoOptions {
  /** The time of import. */
  readonly now: Date;
  /** Called now and then; defaults to nothing. */
  readonly onProgress?: (customersDone: number) => void;
}

/**
 * Makes the demo dataset and imports it. Its truth lies beside the tables, as `truth.parquet` and `truth.json`; no
 * mapping names it, so that no feature can see it.
 *
 * @throws {RangeError} If an option is out of range.
 */
export async function makeDemo(
  engine: Engine,
  workspace: Workspace,
  { now, onProgress = () => {}, ...demo }: MakeDemoOptions,
): Promise<Provenance> {
  await mkdir(workspace.rawDatasets, { recursive: true });
  const temporary = await mkdtemp(join(workspace.rawDatasets, ".demo-"));
  const files = join(temporary, "files");
  try {
    const { options } = await writeDemo(files, demo, { onProgress });
    const settings = { ...demoDataset.settings, default_as_of: options.endOn };
    return await importDataset(
      engine,
      { ...demoDataset, settings },
      {
        from: files,
        target: join(workspace.rawDatasets, demoDataset.name),
        now,
        finish: async (folder) => {
          await writeTruth(engine, join(files, "truth.csv"), join(folder, "truth.parquet"));
          await copyFile(join(files, "truth.json"), join(folder, "truth.json"));
        },
      },
    );
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** The truth with its types: text where a value is no number. */
async function writeTruth(engine: Engine, csv: string, target: string): Promise<void> {
  const { columns, delimiter } = await sniffText(csv, {});
  await engine.registerDelimited("demo truth", csv, { delimiter, header: true, encoding: "utf-8", columns });
  const typed = await Promise.all(
    columns.map(async (name) => {
      const column = `"${name}"`;
      const [row] = await engine.rows(
        `SELECT count(*) FILTER (WHERE ${column} IS NOT NULL AND TRY_CAST(${column} AS DOUBLE) IS NULL) AS texts FROM "demo truth"`,
      );
      return row["texts"] || name === "customer_id" ? column : `CAST(${column} AS DOUBLE) AS ${column}`;
    }),
  );
  await engine.writeParquet(`SELECT ${typed.join(", ")} FROM "demo truth" ORDER BY customer_id`, target);
}
