import { existsSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { makeDemo } from "./install/demo.mjs";
import { install } from "./install/installation.mjs";
import { mainJobState, runMainJob } from "./install/main-job.mjs";
import { main } from "./main.mjs";
import { startMlflow } from "./mlflow.mjs";
import { placesAt } from "./places.mjs";
import { createProgress } from "./progress.mjs";

/** @typedef {import("./mlflow.mjs").MlflowServer} MlflowServer */

main(async (signal) => {
  const places = placesAt();
  const progress = createProgress();
  const theirs = process.env["MLFLOW_TRACKING_URI"];
  /** @type {MlflowServer | undefined} */
  let server;
  // Up-to-date results need no server.
  const upToDate = mainJobState(places) === "present";
  try {
    await install(places, {
      progress,
      signal,
      follow: ({ signal, python, built }) => [
        python.then(async () => {
          if (theirs || upToDate) return;
          server = await progress
            .step("MLflow server", async (say) => {
              const started = await startMlflow(places, { signal, say });
              if (started.ours) say("stops when npm start ends");
              return started;
            })
            .catch((error) => withoutServer(error, signal, progress));
        }),
        built.then(() => progress.step("demo data", (say) => makeDemo(places, { signal, say }))),
      ],
    });
    const trackingUri = theirs ?? server?.uri;
    const code = await runMainJob(places, { progress, signal, trackingUri, upToDate });
    progress.print(`\n${progress.summary()}\n`);
    if (code === 0) progress.print(whereThingsAre(places));
    return code;
  } finally {
    await server?.stop();
  }
});

/**
 * Continues without a server: runs are queued on disk and sent later.
 *
 * @param {Error} error
 * @param {AbortSignal} signal
 * @param {import("./progress.mjs").Progress} progress
 */
function withoutServer(error, signal, progress) {
  if (signal.aborted) throw error;
  progress.print(`${error.message}\n  Runs are queued in mlruns/queue; send them later with npx rekindle mlflow sync`);
  return undefined;
}

/** @param {import("./places.mjs").Places} places */
function whereThingsAre(places) {
  const rows = [
    ["All pages", ...filesIn(places, "reports", "index.html")],
    ["Reports", ...filesIn(places, join("reports", "demo"), ".html")],
    ["Notebooks", ...filesIn(places, join("artifacts", "demo", "notebooks"), ".html")],
    ["Artifacts", `${relative(process.cwd(), join(places.data, "artifacts", "demo"))}/`],
    ["JupyterLab and MLflow UI", "npm run lab"],
    ["MLflow UI only", "npx rekindle mlflow"],
    ["Command line", "npx rekindle --help"],
    ["Check the installation", "npx rekindle doctor"],
  ];
  return rows
    .filter(({ length }) => length > 1)
    .map(([label, ...values]) => values.map((value, i) => `${(i ? "" : label).padEnd(30)}${value}`).join("\n"))
    .join("\n");
}

/**
 * @param {import("./places.mjs").Places} places
 * @param {string} folder
 * @param {string} ending
 */
function filesIn(places, folder, ending) {
  const path = join(places.data, folder);
  if (!existsSync(path)) return [];
  const names = readdirSync(path).filter((name) => name.endsWith(ending));
  return names.sort().map((name) => relative(process.cwd(), join(path, name)));
}
