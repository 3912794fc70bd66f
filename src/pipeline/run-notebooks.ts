import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { ParameterValue } from "./notebook-parameters.js";
import { type NotebookRun, runNotebook } from "./notebooks.js";

export interface RunNotebooksOptions {
  readonly home: string;
  /** Folder of the notebooks. */
  readonly folder: string;
  /** Numbers to run, such as "01"; all if empty. */
  readonly numbers: readonly string[];
  readonly outputFolder: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly say: (line: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * The names of the notebooks in `folder` that have one of `numbers`, all if there are none, in the order of their numbers.
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
      `Cannot run notebook "${unknown}": there are ${all.map((name) => name.slice(0, 2)).join(", ")}`,
    );
  }
  return numbers.length ? all.filter((name) => numbers.includes(name.slice(0, 2))) : all;
}

/**
 * Runs notebooks headless, one after the other, in the order of their numbers.
 *
 * @throws {RangeError} If no notebook has one of the numbers.
 */
export async function runNotebooks({
  folder,
  numbers,
  outputFolder,
  parameters,
  env,
  home,
  say,
  signal,
}: RunNotebooksOptions): Promise<NotebookRun[]> {
  const runs: NotebookRun[] = [];
  for (const name of chooseNotebooks(folder, numbers)) {
    const run = await runNotebook({
      path: join(folder, name),
      parameters,
      outputFolder,
      home,
      env,
      ...(signal ? { signal } : {}),
    });
    say(`  ${name}: ${run.cells} cells in ${run.seconds.toFixed(1)} s`);
    runs.push(run);
  }
  return runs;
}
