import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { sha256OfFile } from "../../src/storage/files.js";

/** The repository. */
export const repository = join(import.meta.dirname, "..", "..");
const bin = join(repository, "dist", "cli", "bin.js");

/** What a command answered. */
export interface Answer {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Folder of data and results, as `REKINDLE_HOME`. */
  readonly home: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Lets manifests and reports name the commit, which changes if one is made while the tests run; defaults to false. */
  readonly commit?: boolean;
  /** Largest file that may be written, in blocks of 1024 bytes, as `ulimit -f` has it. */
  readonly fileBlocks?: number;
}

/** Fails with a clear line where the command line cannot be tested. */
export function requireBuilt(): void {
  if (!existsSync(bin)) throw new Error("Cannot test the command line: dist/ is not built; run npm run build");
}

/** An empty folder of data and results, which the caller removes. */
export function makeHome(): string {
  return mkdtempSync(join(tmpdir(), "rekindle-e2e-"));
}

/** Variables of the environment without those that would lead a command to the user's own server or data. */
export function cleanEnvironment(own: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(MLFLOW_|REKINDLE_|VITEST|DEBUG$|CI$|NODE_ENV$|FORCE_COLOR$)/.test(name),
  );
  return { ...Object.fromEntries(kept), ...own };
}

/** Starts the bin of the build. */
export function start(
  args: readonly string[],
  { home, env = {}, commit = false, fileBlocks }: RunOptions,
): ChildProcess {
  requireBuilt();
  const variables = cleanEnvironment({
    ...env,
    REKINDLE_HOME: home,
    ...(commit ? {} : { GIT_DIR: join(home, "none") }),
  });
  const options = { cwd: home, env: variables, stdio: ["ignore", "pipe", "pipe"] as ["ignore", "pipe", "pipe"] };
  if (fileBlocks === undefined) return spawn(process.execPath, [bin, ...args], options);
  const limited = ["-c", `ulimit -f ${fileBlocks} && exec "$@"`, "bash", process.execPath, bin, ...args];
  return spawn("bash", limited, options);
}

/** What a started command answers in the end. */
export async function answerOf(child: ChildProcess): Promise<Answer> {
  let [stdout, stderr] = ["", ""];
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stdout, stderr };
}

/** Runs the bin of the build to its end. */
export function rekindle(args: readonly string[], options: RunOptions): Promise<Answer> {
  return answerOf(start(args, options));
}

/** {@link rekindle}, for what must go well. */
export async function mustRun(args: readonly string[], options: RunOptions): Promise<Answer> {
  const answer = await rekindle(args, options);
  if (answer.code !== 0) throw new Error(`rekindle ${args.join(" ")} ended with ${answer.code}\n${answer.stderr}`);
  return answer;
}

/** sha256 by path of every file below `folder` but the manifests, which say when and by whom. */
export async function dataFiles(folder: string): Promise<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== "manifest.json" && basename(entry.parentPath) !== ".locks")
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const hashes = files.map(async (path) => [path.slice(folder.length + 1), await sha256OfFile(path)] as const);
  return Object.fromEntries(await Promise.all(hashes));
}

/** What a JSON file holds. */
export function readJson<T = Record<string, unknown>>(...path: string[]): T {
  return JSON.parse(readFileSync(join(...path), "utf8")) as T;
}

/** The last line that a command wrote on standard error. */
export function lastLine(text: string): string | undefined {
  return text.trimEnd().split("\n").at(-1);
}

/** The frames of a stack trace. */
export const stackFrame = /^\s+at .+:\d+:\d+\)?$/m;
