import { stages } from "../../pipeline/index.js";
import type { CommandBody } from "../command.js";
import { stageCommand } from "../stage-command.js";

/** Returns the command of the stage of a name. */
export function commandOfStage(name: string): CommandBody {
  const stage = stages.find((one) => one.name === name);
  if (!stage) throw new TypeError(`Cannot load the command "${name}": there is no such stage`);
  return stageCommand(stage);
}
