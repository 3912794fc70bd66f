import type { Command } from "../command.js";
import { mlflow, mlflowSync } from "./mlflow.js";
import { notebooks } from "./notebooks.js";
import { doctor, lab } from "./setup.js";
import { clean, features, report, run } from "./stages.js";

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [clean, features, report, run, notebooks, lab, mlflow, mlflowSync, doctor];
