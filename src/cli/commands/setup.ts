import { join } from "node:path";
import { readEnvironment } from "../../storage/index.js";
import { CliError } from "../cli-error.js";
import type { CommandBody } from "../command.js";
import type { Effects } from "../effects.js";
import { outputOptions } from "../output-options.js";

/** Returns a command that runs a set-up script, which works before anything is built. */
function setupCommand(script: string, options: CommandBody["options"] = {}): CommandBody {
  return {
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

export const doctor = setupCommand("doctor.mjs", { json: outputOptions.json });

export const lab = setupCommand("lab.mjs");

/** Runs a set-up script with this process's streams. */
export async function runScript(effects: Effects, script: string, args: readonly string[] = []): Promise<void> {
  const code = await effects.spawnInherited("node", [script, ...args]);
  if (code !== 0) throw new CliError("", code === 2 ? 2 : 1);
}
