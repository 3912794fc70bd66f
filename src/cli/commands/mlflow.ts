import { join } from "node:path";
import { readEnvironment } from "../../storage/index.js";
import { syncQueue } from "../../tracking/index.js";
import { CliError } from "../cli-error.js";
import type { CommandBody } from "../command.js";
import { outputOptions } from "../output-options.js";
import { runScript } from "./setup.js";

export const mlflow: CommandBody = {
  options: {},
  run: async ({ effects }) => {
    const { workspace } = readEnvironment(effects.env);
    await runScript(effects, join(workspace.installation, "src", "setup", "serve-mlflow.mjs"));
  },
};

export const mlflowSync: CommandBody = {
  options: { json: outputOptions.json },
  run: async ({ options, effects }) => {
    const { trackingClient, trackingTimeout } = await import("../../pipeline/index.js");
    const environment = readEnvironment(effects.env);
    const warn = (line: string) => effects.err(`${line}\n`);
    const client = trackingClient(environment, warn, effects.signal);
    const answerer = client ? await client.probe() : "nothing";
    if (!client || answerer === "nothing")
      throw new CliError("Cannot sync: no MLflow server answers; start one with npx rekindle mlflow");
    if (answerer === "something else")
      throw new CliError(`Cannot sync: ${client.trackingUri} is not an MLflow server; set MLFLOW_TRACKING_URI to one`);
    const queueFolder = join(environment.workspace.mlruns, "queue");
    const { signal } = effects;
    const now = () => effects.now().getTime();
    const runs = await syncQueue(queueFolder, { client, now, warn, signal, ...trackingTimeout(environment) });
    if (options["json"]) effects.out(`${JSON.stringify({ runs })}\n`);
    else {
      const events = runs.reduce((sum, { delivered }) => sum + delivered, 0);
      effects.out(`${runs.length} runs, ${events} entries sent to ${client.trackingUri}\n`);
    }
  },
};
