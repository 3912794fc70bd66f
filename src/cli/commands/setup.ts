import { join } from "node:path";
import { readEnvironment } from "../../environment.js";
import { CliError } from "../cli-error.js";
import type { Command, CommandInput } from "../command.js";

/** A command that the set-up scripts carry out: they work before anything is built. */
function setupCommand(name: string, script: string, about: string, options: Command["options"] = {}): Command {
  return { name, about, options, run: (input) => runScript(input, script) };
}

export const doctor = setupCommand(
  "doctor",
  "doctor.mjs",
  "Says what is present, missing or stale, and the command that mends it",
  {
    json: { type: "boolean", about: "One JSON object on standard output" },
  },
);

export const lab = setupCommand(
  "lab",
  "lab.mjs",
  "Opens JupyterLab with the TypeScript kernel, and the MLflow UI; both stay up",
);

async function runScript({ options, effects }: CommandInput, script: string): Promise<void> {
  const { workspace } = readEnvironment(effects.env);
  const flags = options["json"] ? ["--json"] : [];
  const code = await effects.spawnInherited("node", [join(workspace.home, "src", "setup", script), ...flags]);
  if (code !== 0) throw new CliError("", code === 2 ? 2 : 1);
}
