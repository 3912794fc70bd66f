import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** Commands that work without a build, or build themselves. */
const INDEPENDENT = ["doctor", "lab"];

/**
 * Returns the program that rebuilds and then runs the command, if this build is older than its sources; nothing
 * if it is up to date, or if this is an installed package and not a checkout.
 *
 * @param args Arguments of the command line.
 * @param root Folder that holds `dist`; defaults to that of this file.
 */
export async function rebuildingProgram(
  args: readonly string[],
  root: string = fileURLToPath(new URL("../..", import.meta.url)),
): Promise<readonly string[] | undefined> {
  const [program, compile] = ["run.mjs", "install/compile.mjs"].map((name) => join(root, "src", "setup", name));
  const stamp = join(root, "dist", ".stamp");
  if (!existsSync(join(root, ".git")) || !existsSync(program) || INDEPENDENT.includes(args[0] ?? "")) return undefined;
  // Reading every source takes longer than a look at the times.
  if (existsSync(stamp) && newest(join(root, "src"), join(root, "src", "setup")) < statSync(stamp).mtimeMs) {
    return undefined;
  }
  const { buildState }: { buildState(places: object): string } = await import(pathToFileURL(compile).href);
  const { placesAt }: { placesAt(home: string): object } = await import(
    pathToFileURL(join(root, "src", "setup", "places.mjs")).href
  );
  return buildState(placesAt(root)) === "present" ? undefined : [program, ...args];
}

/** Returns the latest time of a change below a folder, in milliseconds; removing a file changes its folder. */
function newest(folder: string, except: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((latest, entry) => {
    const path = join(folder, entry.name);
    if (path === except) return latest;
    return Math.max(latest, entry.isDirectory() ? newest(path, except) : statSync(path).mtimeMs);
  }, statSync(folder).mtimeMs);
}
