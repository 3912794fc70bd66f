import { join } from "node:path";
import { resolveDataset } from "../../datasets/index.js";
import { messageOf } from "../../errors.js";
import {
  chooseNotebooks,
  contextDefaults,
  contextOptions,
  defineOptions,
  gitCommit,
  runNotebooks,
  versions,
  writeReportIndex,
} from "../../pipeline/index.js";
import { readEnvironment } from "../../storage/index.js";
import { CliError } from "../cli-error.js";
import type { CommandBody, CommandInput } from "../command.js";
import { outputOptions } from "../output-options.js";
import { createProgress } from "../progress.js";
import { readFlags, schemaFlags } from "../schema-flags.js";
import { requireDataset } from "../stage-context.js";

const { dataset, asOf, seed, out, statementLimit, wait } = contextOptions.properties;
const notebookOptions = defineOptions({ dataset, asOf, seed, out, statementLimit, wait });

export const notebooks: CommandBody = {
  options: { ...schemaFlags(notebookOptions), ...outputOptions },
  run: (input) => runNotebooksCommand(input),
};

/** Executes the notebooks with the given numbers; all if there are none. */
export async function runNotebooksCommand(input: CommandInput): Promise<void> {
  const { operands, options, effects } = input;
  const { workspace, debug } = readEnvironment(effects.env);
  const { dataset, seed, asOf, out, statementLimit, wait } = {
    ...contextDefaults,
    ...readFlags(notebookOptions, input),
  };
  await requireDataset(workspace, { dataset, asOf });
  requireNotebooks(workspace.notebooks, operands);
  const folder = out ?? join(workspace.artifacts, dataset);
  const { provenance } = await resolveDataset(workspace, dataset);
  const progress = createProgress(effects, { quiet: options["quiet"] === true });
  const runs = await progress.step("notebooks", async () =>
    runNotebooks({
      home: workspace.installation,
      folder: workspace.notebooks,
      numbers: operands,
      outputFolder: join(folder, "notebooks"),
      parameters: {
        dataset,
        seed,
        ...(asOf !== undefined ? { as_of: asOf } : {}),
      },
      // For the stages that notebooks run.
      env: {
        ...effects.env,
        REKINDLE_OUT: folder,
        REKINDLE_WAIT: String(wait),
        REKINDLE_STATEMENT_LIMIT: String(statementLimit),
      },
      facts: {
        dataset,
        dataset_sha256: provenance.sha256,
        as_of: asOf ?? null,
        seed,
        git_commit: (await gitCommit(workspace.installation)) ?? null,
        versions: versions(),
      },
      say: progress.say,
      reportsCells: effects.isTerminal,
      now: effects.now,
      debug,
      signal: effects.signal,
    }),
  );
  const reports = out === undefined ? workspace.reports : join(out, "reports");
  await writeReportIndex({ workspace, dataset, out: folder, reports });
  if (options["json"]) effects.out(`${JSON.stringify({ dataset, notebooks: runs })}\n`);
  else for (const { html } of runs) effects.out(`${html}\n`);
}

function requireNotebooks(folder: string, numbers: readonly string[]): void {
  try {
    chooseNotebooks(folder, numbers);
  } catch (cause) {
    throw cause instanceof RangeError ? new CliError(messageOf(cause), 2, { cause }) : cause;
  }
}
