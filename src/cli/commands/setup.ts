import { join } from "node:path";
import { readEnvironment } from "../../storage/index.js";
import { CliError } from "../cli-error.js";
import type { Command } from "../command.js";
import type { Effects } from "../effects.js";

/** Returns a command that runs a set-up script, which works before anything is built. */
function setupCommand(name: string, script: string, about: string, options: Command["options"] = {}): Command {
  return {
    name,
    about,
    options,
    run: ({ options, effects }) => {
      const { workspace } = readEnvironment(effects.env);
      return runScript(
        effects,
        join(workspace.installation, "src", "setup", script),
        options["json"] ? ["--json"] : [],
      );
    },
  };
}

export const doctor = setupCommand("doctor", "doctor.mjs", "Check the installation and suggest fixes", {
  json: { type: "boolean", about: "Print one JSON object on standard output" },
});

export const lab = setupCommand("lab", "lab.mjs", "Open JupyterLab with the TypeScript kernel, and the MLflow UI");

/** Runs a set-up script with this process's streams. */
export async function runScript(effects: Effects, script: string, args: readonly string[] = []): Promise<void> {
  const code = await effects.spawnInherited("node", [script, ...args]);
  if (code !== 0) throw new CliError("", code === 2 ? 2 : 1);
}
