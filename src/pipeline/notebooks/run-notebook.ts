import { spawn as spawnProcess } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import { messageOf } from "../../errors.js";
import { NOTEBOOK_PAGE_SCRIPT, NOTEBOOK_PAGE_STYLE } from "../../reports/index.js";
import { withTemporaryFolder } from "../../storage/index.js";
import { injectParameters, type Notebook, type ParameterValue } from "./notebook-parameters.js";

/** Progress of a notebook run. The number of a cell is the [n] that Jupyter shows. */
export type NotebookEvent =
  | { readonly event: "cell"; readonly cell: number; readonly of: number }
  | { readonly event: "done"; readonly cell: number; readonly seconds: number };

/** Options for {@link runNotebook}. */
export interface RunNotebookOptions {
  /** The notebook, which is only read. */
  readonly path: string;
  /** New values of variables that the cell tagged `parameters` declares; defaults to none. */
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  /** The folder of the executed notebook and its HTML, as in `artifacts/<dataset>/notebooks`. */
  readonly outputFolder: string;
  /** The repository: cells run there, and the runner script is in its `src/setup`. */
  readonly home: string;
  /** The Python that has nbclient and nbconvert; defaults to the one in `home`'s `.venv`. */
  readonly python?: string;
  /** The environment of the kernel. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Time limit of a cell, after which the run fails; defaults to 600. */
  readonly cellTimeoutSeconds?: number;
  /** Defaults to nothing. */
  readonly onProgress?: (event: NotebookEvent) => void;
  /** Lets the message of a runner that breaks hold all that it printed, not its last line alone; defaults to false. */
  readonly debug?: boolean;
  /** Stops the run and its kernel. */
  readonly signal?: AbortSignal;
  readonly spawn?: typeof spawnProcess;
}

/** Files of a notebook run. */
export interface NotebookRun {
  readonly notebook: string;
  readonly html: string;
  /** Code cells that ran. */
  readonly cells: number;
  readonly seconds: number;
}

interface CellError {
  readonly cell: number;
  readonly source: string;
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

/**
 * Runs a notebook headless: writes the parameters into a copy, executes it on the kernel, and writes the executed copy
 * and its HTML to `outputFolder`, also when a cell fails.
 *
 * @throws {RangeError} If the notebook declares no parameter of one of the names.
 * @throws {Error} If a cell fails; the message has the notebook, the cell's number, its source and what it threw.
 */
export async function runNotebook({
  path,
  parameters = {},
  outputFolder,
  home,
  python = join(home, ".venv", "bin", "python"),
  env,
  cellTimeoutSeconds = 600,
  onProgress = () => {},
  debug = false,
  signal,
  spawn = spawnProcess,
}: RunNotebookOptions): Promise<NotebookRun> {
  const name = basename(path);
  const copy = injectParameters(await readNotebook(path), parameters, { name: `"${name}"` });
  const notebook = join(outputFolder, name);
  const html = notebook.replace(/\.ipynb$/, "") + ".html";
  // The runner and its kernel put their temporary files there too, so that nothing is left of a run that is killed.
  return withTemporaryFolder(join(tmpdir(), "rekindle-notebook"), async (folder) => {
    const input = join(folder, name);
    await writeFile(input, JSON.stringify(copy));
    const script = join(home, "src", "setup", "execute-notebook.py");
    const [style, pageScript] = [join(folder, "page.css"), join(folder, "page.js")];
    await writeFile(style, NOTEBOOK_PAGE_STYLE);
    await writeFile(pageScript, NOTEBOOK_PAGE_SCRIPT);
    const title = `${headingOf(copy) ?? basename(html, ".html")} · ${parameters["dataset"] ?? "notebook"}`;
    const page = ["--html", html, "--title", title, "--style", style, "--script", pageScript];
    const files = [input, "--to", notebook, ...page, "--home", home];
    const child = spawn(python, [script, ...files, "--timeout", String(cellTimeoutSeconds)], {
      env: { ...env, TMPDIR: folder },
      stdio: ["ignore", "pipe", "pipe"],
      ...(signal && { signal }),
    });

    let failure: CellError | undefined;
    let cells = 0;
    let seconds = 0;
    createInterface({ input: child.stdout }).on("line", (line) => {
      const event = JSON.parse(line) as NotebookEvent | (CellError & { event: "error" }) | { event: "written" };
      if (event.event === "error") failure = event;
      if (event.event === "cell" || event.event === "done") onProgress(event);
      if (event.event === "done") {
        ++cells;
        seconds += event.seconds;
      }
    });
    let log = "";
    child.stderr.on("data", (chunk) => {
      log = (log + chunk).slice(-4000);
    });
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.on("error", reject).on("close", resolve);
    }).catch((cause: unknown) => {
      throw new Error(`Cannot run notebook "${name}": ${messageOf(cause)}; run npm run setup`, { cause });
    });

    if (failure) throw cellFailed(name, failure, notebook);
    if (exitCode !== 0) {
      const printed = log.trim();
      // The last line of a Python traceback says what happened, the others where.
      const why = debug ? `\n${printed}` : ` ${printed.split("\n").at(-1)}`;
      throw new Error(`Cannot run notebook "${name}": the runner ended with ${exitCode}${printed && `:${why}`}`);
    }
    return { notebook, html, cells, seconds };
  });
}

/** Returns the first heading of a notebook. */
function headingOf({ cells }: Notebook): string | undefined {
  for (const { cell_type, source } of cells) {
    const text = typeof source === "string" ? source : source.join("");
    const [, heading] = (cell_type === "markdown" && /^# +(.+?) *$/m.exec(text)) || [];
    if (heading !== undefined) return heading;
  }
  return undefined;
}

async function readNotebook(path: string): Promise<Notebook> {
  let notebook: unknown;
  try {
    notebook = JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    throw new Error(`Cannot read notebook "${path}": ${messageOf(cause)}`, { cause });
  }
  if (!isNotebook(notebook))
    throw new TypeError(`Cannot read notebook "${path}": it has no cells; expected a Jupyter notebook`);
  return notebook;
}

function isNotebook(value: unknown): value is Notebook {
  return typeof value === "object" && value !== null && "cells" in value && Array.isArray(value.cells);
}

function cellFailed(name: string, { cell, source, ename, evalue, traceback }: CellError, executed: string): Error {
  const quoted = source.trimEnd().replace(/^/gm, "    ");
  return new Error(
    `Cannot run notebook "${name}": cell [${cell}] failed with ${ename}: ${evalue}\n\n${quoted}\n\nThe notebook as far as it ran is in "${executed}"`,
    { cause: traceback.join("\n") },
  );
}
