import { messageOf } from "../../errors.js";
import { contactKey } from "../../strategy/index.js";
import { experimentFolder, splitNames } from "./experiment-folder.js";
import { readSplit, type SplitManifest } from "./split-files.js";

/** An experiment that is about to be written. */
export interface NewExperiment extends Pick<SplitManifest, "name" | "starts_on" | "ends_on"> {
  /** The customers' own ids, whatever its file calls them. */
  readonly ids: readonly string[];
}

/**
 * Other experiments that run at the same time with some of the same customers, or cannot be looked at, each as a warning.
 * Customers are found whether a split has them under keys or under their own ids.
 *
 * @param out Folder of the artifacts.
 * @param options.secret Gives the key of the pseudonyms; asked for only if a split has any.
 */
export async function overlapWarnings(
  out: string,
  { name, starts_on, ends_on, ids }: NewExperiment,
  { secret }: { readonly secret: () => Promise<string> },
): Promise<string[]> {
  const plain: ReadonlySet<string> = new Set(ids);
  let keyed: ReadonlySet<string> | undefined;
  const namesIn = async (column: SplitManifest["id_column"]) => {
    if (column === "customer_id") return plain;
    if (!keyed) {
      const key = await secret();
      keyed = new Set(ids.map((id) => contactKey(id, { key })));
    }
    return keyed;
  };
  const found: string[] = [];
  for (const other of await splitNames(out)) {
    if (other === name) continue;
    try {
      const { manifest, rows } = await readSplit(experimentFolder(out, other, "split"));
      if (manifest.ends_on < starts_on || manifest.starts_on > ends_on) continue;
      const own = await namesIn(manifest.id_column);
      const both = rows.filter(({ id }) => own.has(id)).length;
      if (!both) continue;
      const who = both === 1 ? "1 of these customers is" : `${both} of these customers are`;
      found.push(
        `${who} also in the experiment "${other}", which runs from ${manifest.starts_on} to ${manifest.ends_on}: each campaign will blur the other`,
      );
    } catch (error) {
      found.push(`the experiment "${other}" could not be looked at: ${messageOf(error)}`);
    }
  }
  return found;
}
