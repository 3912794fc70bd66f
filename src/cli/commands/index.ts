import { type Command, type CommandEntry, loadCommand } from "../command.js";

/** Loads the command of a stage. */
const stage = (name: string) => async () => (await import("./stages.js")).commandOfStage(name);

/** All commands, in the order of the help. A module is loaded when its command runs: the help must not wait for all. */
export const commandTable: readonly CommandEntry[] = [
  {
    name: "data list",
    about: "List datasets: imported ones, and how to get the others",
    load: async () => (await import("./data.js")).dataList,
  },
  {
    name: "data add",
    about: "Import CSV, gz, Parquet or XLSX files as a dataset",
    operands: "<name>",
    load: async () => (await import("./data.js")).dataAdd,
  },
  {
    name: "data fetch",
    about: "Download a built-in dataset from its publisher and verify it against published figures",
    operands: "<name>",
    load: async () => (await import("./data.js")).dataFetch,
  },
  {
    name: "data make",
    about: "Generate the demo dataset, with its ground truth",
    operands: "demo",
    load: async () => (await import("./data.js")).dataMake,
  },
  {
    name: "data describe",
    about: "Describe a dataset: orders, customers, days, columns, consent, settings, sources",
    operands: "<name>",
    load: async () => (await import("./data.js")).dataDescribe,
  },
  {
    name: "clean",
    about: "Apply the dataset's cleaning rules; write trusted tables, the cleaning report and the ledger",
    load: stage("clean"),
  },
  {
    name: "features",
    about: "Compute features, BTYD summary and labels: one row per customer as of a day",
    load: stage("features"),
  },
  {
    name: "segment",
    about: "Segment and cluster customers: profiles, strategies, contact lists, movement over 30 days",
    load: stage("segment"),
  },
  { name: "report", about: "Write the reports as Markdown and self-contained HTML", load: stage("report") },
  {
    name: "experiment plan",
    about: "Plan a test of a campaign on a segment: detectable change and required sample size",
    load: async () => (await import("./experiment.js")).experimentPlan,
  },
  {
    name: "experiment split",
    about: "Split a segment at random into test and control, and fix how the result will be read",
    load: async () => (await import("./experiment.js")).experimentSplit,
  },
  {
    name: "experiment readout",
    about: "Read the effect of a campaign from the dataset's orders or a file of results",
    load: async () => (await import("./experiment.js")).experimentReadout,
  },
  {
    name: "run",
    about: "Run all stages: clean, features, segment, report",
    load: async () => (await import("./run.js")).run,
  },
  {
    name: "notebooks",
    about: "Execute notebooks headless; results in artifacts/<dataset>/notebooks as .ipynb and .html",
    operands: "[NN ...]",
    load: async () => (await import("./notebooks.js")).notebooks,
  },
  {
    name: "lab",
    about: "Open JupyterLab with the TypeScript kernel, and the MLflow UI",
    load: async () => (await import("./setup.js")).lab,
  },
  {
    name: "mlflow",
    about: "Start the local MLflow server; runs until interrupted",
    load: async () => (await import("./mlflow.js")).mlflow,
  },
  {
    name: "mlflow sync",
    about: "Send runs that were queued while no MLflow server was available",
    load: async () => (await import("./mlflow.js")).mlflowSync,
  },
  {
    name: "doctor",
    about: "Check the installation and suggest fixes",
    load: async () => (await import("./setup.js")).doctor,
  },
];

/** Loads all commands. */
export function loadCommands(): Promise<Command[]> {
  return Promise.all(commandTable.map(loadCommand));
}
