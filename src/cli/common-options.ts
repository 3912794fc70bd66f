import type { CommandOption } from "./command.js";

/** Options that every stage takes. */
export const commonOptions: Readonly<Record<string, CommandOption>> = {
  dataset: { type: "string", value: "<name>", about: "Dataset, as listed by data list (default: demo)" },
  "as-of": {
    type: "string",
    value: "<YYYY-MM-DD>",
    about: "Last day of data to use (default: the dataset's own)",
  },
  out: { type: "string", value: "<folder>", about: "Folder for artifacts (default: artifacts/<dataset>)" },
  seed: { type: "string", value: "<number>", about: "Random seed (default: 7)" },
  engine: { type: "string", value: "duckdb", about: "SQL engine (default: duckdb)" },
  threads: { type: "string", value: "<number>", about: "Threads per SQL statement (default: 2)" },
  force: { type: "boolean", about: "Recompute even if up to date" },
  "no-prerequisites": { type: "boolean", about: "Fail instead of running missing or stale inputs first" },
  json: { type: "boolean", about: "Print one JSON object on standard output" },
  "no-tracking": { type: "boolean", about: "Do not log to MLflow" },
  quiet: { type: "boolean", about: "No progress" },
};
