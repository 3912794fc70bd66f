import { setTimeout as sleep } from "node:timers/promises";

/** Without this query MLflow 3 opens its pages for language models, which show no runs. */
const VIEW = "workflowType=machine_learning";

/** Longest time for the answer, in milliseconds. */
const TIMEOUT_MS = 3000;

/**
 * Returns the address of the page with the runs of the experiment changed last; of the list of experiments if there is
 * none yet, or if the server does not answer.
 *
 * @param {string} uri Address of the server, with credentials if it asks for them.
 * @param {object} [options]
 * @param {string | undefined} [options.experiment] Name of the experiment to open instead.
 * @returns {Promise<string>}
 */
export async function mlflowPage(uri, { experiment } = {}) {
  const root = uri.replace(/\/+$/, "");
  const id = await Promise.race([
    latestExperiment(root, experiment).catch(() => undefined),
    sleep(TIMEOUT_MS, undefined, { ref: false }),
  ]);
  return id === undefined
    ? `${root}/#/experiments?${VIEW}`
    : `${root}/#/experiments/${encodeURIComponent(id)}/runs?${VIEW}`;
}

/**
 * @param {string} root
 * @param {string | undefined} experiment
 * @returns {Promise<string | undefined>}
 */
async function latestExperiment(root, experiment) {
  const url = new URL(`${root}/api/2.0/mlflow/experiments/search`);
  const { username, password } = url;
  [url.username, url.password] = ["", ""];
  const login = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString("base64");
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...(username && { authorization: `Basic ${login}` }) },
    body: JSON.stringify({ max_results: 1000, order_by: ["last_update_time DESC"] }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const answer = await response.json();
  /** @type {unknown} */
  const list = answer?.experiments;
  /** @type {{ experiment_id?: unknown, name?: unknown }[]} */
  const experiments = Array.isArray(list) ? list : [];
  const found = experiments.find(({ name }) =>
    experiment ? name === experiment : String(name).startsWith("rekindle/"),
  );
  return typeof found?.experiment_id === "string" ? found.experiment_id : undefined;
}
