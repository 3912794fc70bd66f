import { execFile, execFileSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { ROOT } from "./tracked-files.js";

/** A user without other processes, which would count too; root has no limit. */
const USER = String(50_000 + (process.pid % 10_000));

/** The built models, as a text that a program imports. */
export const builtModels = JSON.stringify(pathToFileURL(join(ROOT, "dist", "models", "index.js")).href);

/** Runs a program of Node where its user may have so many threads, or as many as it likes. */
export async function runWithThreads(
  program: string,
  { limit }: { limit?: number } = {},
): Promise<{ stdout: string; stderr: string }> {
  const node = [process.execPath, "-e", program];
  const [command, ...args] = limit === undefined ? node : limited(limit, node);
  return promisify(execFile)(command!, args, { timeout: 60_000 });
}

/** Returns why no process can be limited here, such as "only Linux has this limit"; undefined where one can. */
export function limitObstacle(): string | undefined {
  if (process.platform !== "linux") return "only Linux has this limit";
  if (process.getuid?.() !== 0) return "only root can run a process as a user without others";
  const [command, ...args] = limited(50, [process.execPath, "-e", `import(${builtModels})`]);
  try {
    execFileSync(command!, args, { stdio: ["ignore", "ignore", "pipe"] });
    return undefined;
  } catch (error) {
    return `another user cannot run Node on this folder (${(error as Error).message.split("\n")[0]})`;
  }
}

function limited(limit: number, command: readonly string[]): string[] {
  return ["setpriv", "--reuid", USER, "--clear-groups", "prlimit", `--nproc=${limit}`, ...command];
}
