import { messageOf } from "../../errors.js";
import {
  type ExperimentOverlap,
  experimentOverlaps,
  type OverlapCandidate,
  runTogether,
} from "../../strategy/index.js";
import { experimentFolder, splitNames } from "./experiment-folder.js";
import { readSplit } from "./experiment-split.js";

/** A new experiment, with the ids of its customers. */
export interface NewExperiment {
  readonly name: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly ids: readonly string[];
}

/**
 * Finds the experiments on disk that share days and customers with a new one, and lists those that cannot be read.
 *
 * @param out Folder of the artifacts.
 * @param options.secret Returns the key of the contact keys; called only if a split of the same days has any.
 */
export async function findOverlaps(
  out: string,
  own: NewExperiment,
  { secret }: { readonly secret: () => Promise<string> },
): Promise<{ readonly overlaps: ExperimentOverlap[]; readonly unreadable: string[] }> {
  const others: OverlapCandidate[] = [];
  const unreadable: string[] = [];
  for (const name of await splitNames(out)) {
    if (name === own.name) continue;
    try {
      const { design, rows } = await readSplit(experimentFolder(out, name, "split"));
      if (runTogether(own, design)) others.push({ design: { ...design, name }, rows });
    } catch (error) {
      unreadable.push(`the experiment "${name}" cannot be read: ${messageOf(error)}`);
    }
  }
  const needsKey = others.some(({ design }) => design.idColumn === "contact_key");
  return { overlaps: experimentOverlaps(own, others, needsKey ? { key: await secret() } : {}), unreadable };
}
