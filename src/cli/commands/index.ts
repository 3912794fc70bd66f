import type { Command } from "../command.js";
import { dataAdd, dataDescribe, dataFetch, dataList, dataMake } from "./data.js";
import { experimentPlan, experimentReadout, experimentSplit } from "./experiment.js";
import { mlflow, mlflowSync } from "./mlflow.js";
import { notebooks } from "./notebooks.js";
import { segment } from "./segment.js";
import { doctor, lab } from "./setup.js";
import { clean, features, report, run } from "./stages.js";

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  dataList,
  dataAdd,
  dataFetch,
  dataMake,
  dataDescribe,
  clean,
  features,
  segment,
  experimentPlan,
  experimentSplit,
  experimentReadout,
  report,
  run,
  notebooks,
  lab,
  mlflow,
  mlflowSync,
  doctor,
];
