import { join, resolve } from "node:path";
import { resolveDataset } from "../../datasets/index.js";
import { messageOf } from "../../errors.js";
import { chooseNotebooks, gitCommit, runNotebooks, versions } from "../../pipeline/index.js";
import { readEnvironment } from "../../storage/index.js";
import { CliError } from "../cli-error.js";
import { type Command, type CommandInput, text, wholeNumber } from "../command.js";
import { commonOptions } from "../common-options.js";
import { createProgress } from "../progress.js";
import { requireDataset } from "../stage-context.js";

export const notebooks: Command = {
  name: "notebooks",
  about: "Execute notebooks headless; results in artifacts/<dataset>/notebooks as .ipynb and .html",
  operands: "[NN ...]",
  options: Object.fromEntries(
    ["dataset", "as-of", "seed", "out", "json", "quiet"].map((name) => [name, commonOptions[name]]),
  ),
  run: (input) => runNotebooksCommand(input),
};

/** Executes the notebooks with the given numbers; all if there are none. */
export async function runNotebooksCommand({ operands, options, effects }: CommandInput): Promise<void> {
  const { workspace, debug } = readEnvironment(effects.env);
  const dataset = text(options, "dataset") ?? "demo";
  const { asOf } = await requireDataset(options, { workspace, dataset });
  requireNotebooks(workspace.notebooks, operands);
  const out = text(options, "out");
  const folder = out === undefined ? join(workspace.artifacts, dataset) : resolve(effects.cwd, out);
  const seed = wholeNumber(options, "seed", { otherwise: 7 });
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
      // The stages that notebooks run write there too.
      env: { ...effects.env, REKINDLE_OUT: folder },
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
