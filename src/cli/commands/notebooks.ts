import { join } from "node:path";
import { readEnvironment } from "../../environment.js";
import { runNotebooks } from "../../pipeline/index.js";
import { type Command, type CommandInput, text, wholeNumber } from "../command.js";
import { createProgress } from "../progress.js";
import { commonOptions } from "../stage-context.js";

export const notebooks: Command = {
  name: "notebooks",
  about: "Executes the notebooks headless and writes them, with their HTML, to artifacts/<dataset>/notebooks",
  operands: "[NN ...]",
  options: Object.fromEntries(
    ["dataset", "as-of", "seed", "out", "json", "quiet"].map((name) => [name, commonOptions[name]]),
  ),
  run: (input) => runNotebooksCommand(input),
};

/** Executes the notebooks that the operands number, all if there are none. */
export async function runNotebooksCommand({ operands, options, effects }: CommandInput): Promise<void> {
  const { workspace } = readEnvironment(effects.env);
  const dataset = text(options, "dataset") ?? "demo";
  const asOf = text(options, "as-of");
  const progress = createProgress(effects, { quiet: options["quiet"] === true });
  const runs = await progress.step("notebooks", () =>
    runNotebooks({
      home: workspace.home,
      folder: workspace.notebooks,
      numbers: operands,
      outputFolder: join(text(options, "out") ?? join(workspace.artifacts, dataset), "notebooks"),
      parameters: {
        dataset,
        seed: wholeNumber(options, "seed", { otherwise: 7 }),
        ...(asOf !== undefined ? { as_of: asOf } : {}),
      },
      env: effects.env,
      say: progress.say,
      signal: effects.signal,
    }),
  );
  if (options["json"]) effects.out(`${JSON.stringify({ dataset, notebooks: runs })}\n`);
  else for (const { html } of runs) effects.out(`${html}\n`);
}
