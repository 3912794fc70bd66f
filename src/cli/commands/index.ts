import { stages } from "../../pipeline/index.js";
import type { Command } from "../command.js";
import { stageCommand } from "../stage-command.js";
import { dataAdd, dataDescribe, dataFetch, dataList, dataMake } from "./data.js";
import { experimentPlan, experimentReadout, experimentSplit } from "./experiment.js";
import { mlflow, mlflowSync } from "./mlflow.js";
import { notebooks } from "./notebooks.js";
import { run } from "./run.js";
import { doctor, lab } from "./setup.js";

/** All commands, in the order of the help. */
export const commands: readonly Command[] = [
  dataList,
  dataAdd,
  dataFetch,
  dataMake,
  dataDescribe,
  ...stages.map(stageCommand),
  experimentPlan,
  experimentSplit,
  experimentReadout,
  run,
  notebooks,
  lab,
  mlflow,
  mlflowSync,
  doctor,
];
