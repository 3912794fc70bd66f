import { once } from "node:events";
import { installPythonEnvironment } from "./install/python-environment.mjs";
import { main } from "./main.mjs";
import { startMlflow } from "./mlflow.mjs";
import { placesAt } from "./places.mjs";
import { createProgress } from "./progress.mjs";

main(async (signal) => {
  const places = placesAt();
  const progress = createProgress();
  await progress.step(".venv", (say) => installPythonEnvironment(places, { signal, say }));
  const server = await progress.step("MLflow server", (say) => startMlflow(places, { signal, say }));
  try {
    progress.print(`\nMLflow UI   ${server.uri}`);
    if (!server.ours) return 0;
    progress.print("Press Ctrl-C to stop");
    // A pending promise alone does not keep the process alive.
    const alive = setInterval(() => {}, 60_000);
    if (!signal.aborted) await once(signal, "abort");
    clearInterval(alive);
    return 0;
  } finally {
    await server.stop();
  }
});
