import { readdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { requireKnownOptions } from "../../errors.js";
import { withLock } from "../../storage/index.js";
import { formatNumber } from "../../table/index.js";
import { MANIFEST_FILE, type ManifestFacts, writeManifest } from "../artifacts/manifest.js";
import type { ParameterValue } from "./notebook-parameters.js";
import { type NotebookRun, runNotebook } from "./run-notebook.js";

/** Options for {@link runNotebooks}. */
export interface RunNotebooksOptions {
  readonly home: string;
  /** Folder of the notebooks. */
  readonly folder: string;
  /** Numbers to run, such as "01"; all if empty. */
  readonly numbers: readonly string[];
  readonly outputFolder: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Facts of the manifest beyond the notebooks that ran. */
  readonly facts: Omit<ManifestFacts, "params" | "mlflow_run_id">;
  readonly say: (line: string) => void;
  /** Reports the current cell, not only start and end: for terminals; defaults to false. */
  readonly reportsCells?: boolean;
  readonly now: () => Date;
  /** Shows all that a runner that breaks printed; defaults to false. */
  readonly debug?: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Lists the names of the notebooks in `folder` that have one of `numbers`, or all without any, in the order of their
 * numbers.
 *
 * @throws {RangeError} If no notebook has one of the numbers.
 */
export function chooseNotebooks(folder: string, numbers: readonly string[]): string[] {
  const all = readdirSync(folder)
    .filter((name) => /^\d\d-.*\.ipynb$/.test(name))
    .sort();
  const unknown = numbers.find((number) => !all.some((name) => name.startsWith(`${number}-`)));
  if (unknown !== undefined) {
    throw new RangeError(
      `Cannot run notebook "${unknown}": there is no such number; use one of ${all.map((name) => name.slice(0, 2)).join(", ")}`,
    );
  }
  return numbers.length ? all.filter((name) => numbers.includes(name.slice(0, 2))) : all;
}

/** Least milliseconds between two lines about cells. */
const CELL_PAUSE_MS = 5000;

/**
 * Runs notebooks headless, one after the other, in the order of their numbers, and writes the manifest of what the
 * output folder then holds. While a notebook has not run, or has failed, there is none.
 *
 * @throws {RangeError} If no notebook has one of the numbers.
 * @throws {Error} If another process executes notebooks into the folder.
 */
export async function runNotebooks(options: RunNotebooksOptions): Promise<NotebookRun[]> {
  requireKnownOptions("run notebooks", options, {
    home: true,
    folder: true,
    numbers: true,
    outputFolder: true,
    parameters: true,
    env: true,
    facts: true,
    say: true,
    reportsCells: true,
    now: true,
    debug: true,
    signal: true,
  });
  const { outputFolder, say, signal } = options;
  const lock = { what: `"${outputFolder}"`, holder: "rekindle notebooks", say, signal };
  return withLock(`${outputFolder}.lock`, lock, () => runAll(options));
}

async function runAll({
  folder,
  numbers,
  outputFolder,
  parameters,
  env,
  home,
  facts,
  say,
  reportsCells = false,
  now,
  debug = false,
  signal,
}: RunNotebooksOptions): Promise<NotebookRun[]> {
  const runs: NotebookRun[] = [];
  const names = chooseNotebooks(folder, numbers);
  await rm(join(outputFolder, MANIFEST_FILE), { force: true });
  for (const name of names) {
    let reportedAt = now().getTime();
    const run = await runNotebook({
      path: join(folder, name),
      parameters,
      outputFolder,
      home,
      env,
      debug,
      onProgress: (event) => {
        if (!reportsCells || event.event !== "cell" || now().getTime() - reportedAt < CELL_PAUSE_MS) return;
        reportedAt = now().getTime();
        say(`  ${name}: cell ${event.cell} of ${event.of}`);
      },
      ...(signal ? { signal } : {}),
    });
    const seconds = formatNumber(run.seconds, { kind: "number", digits: 1 });
    say(`  ${name}: ${run.cells} cells (${seconds} s)`);
    runs.push(run);
  }
  const params = { ...parameters, notebooks: names.join(",") };
  await writeManifest(outputFolder, { ...facts, mlflow_run_id: null, params });
  return runs;
}
