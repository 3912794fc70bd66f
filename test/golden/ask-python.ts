import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const PYTHON = fileURLToPath(new URL("../../.venv/bin/python", import.meta.url));

/** Runs a script that lies beside this file in the project's own Python: JSON in, JSON out. */
export function askPython<T>(script: string, problems: unknown): T {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const { status, stdout, stderr, error } = spawnSync(PYTHON, [path], {
    input: JSON.stringify(problems),
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    env: { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" },
  });
  if (error || status !== 0) throw new Error(`Cannot run ${script}: ${error?.message ?? stderr}`);
  return JSON.parse(stdout) as T;
}
