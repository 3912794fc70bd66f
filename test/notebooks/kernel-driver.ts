import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** The repository. */
export const home = join(import.meta.dirname, "..", "..");
export const python = join(home, ".venv", "bin", "python");

/** One message that a cell published. */
export interface Output {
  readonly type: string;
  readonly content: {
    readonly name?: string;
    readonly text?: string;
    readonly data?: Readonly<Record<string, unknown>>;
    readonly ename?: string;
    readonly evalue?: string;
    readonly traceback?: readonly string[];
  };
}

export interface Execution {
  readonly reply: { readonly status: string; readonly ename?: string; readonly evalue?: string };
  readonly outputs: readonly Output[];
}

/** A running kernel, driven by drive-kernel.py. */
export interface Driver {
  readonly kernelPid: number;
  readonly driverPid: number;
  execute(code: string, options?: { interruptAfter?: number; stopOnError?: boolean }): Promise<Execution>;
  ask(request: object): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

/** Fails with a clear line where the tests cannot run. */
export function requireBuilt(): void {
  if (!existsSync(join(home, "dist", "engine", "index.d.ts"))) {
    throw new Error("Cannot test the kernel: dist/ is not built; run `npm run build`");
  }
  if (!existsSync(python)) throw new Error("Cannot test the kernel: there is no .venv; run `npm run setup`");
}

/** The environment in which Jupyter finds the kernel of this checkout, its kernelspec written below `folder`. */
export async function kernelEnvironment(folder: string): Promise<Record<string, string | undefined>> {
  const kernelspec = join(folder, "kernels", "tslab");
  await mkdir(kernelspec, { recursive: true });
  const launcher = join(home, "src", "setup", "kernel.cjs");
  const argv = ["node", "--enable-source-maps", launcher, "kernel", "--config-path", "{connection_file}"];
  const spec = { argv, display_name: "TypeScript", language: "typescript" };
  await writeFile(join(kernelspec, "kernel.json"), JSON.stringify(spec));
  // Without the wait policy, which the launcher has to set itself.
  return { ...process.env, JUPYTER_PATH: folder, OMP_WAIT_POLICY: undefined };
}

/** Starts a kernel. `close` it. */
export async function startDriver(env: Record<string, string | undefined>): Promise<Driver> {
  const script = join(import.meta.dirname, "drive-kernel.py");
  const child = spawn(python, [script], { env, stdio: ["pipe", "pipe", "pipe"] });
  const closed = new Promise<void>((resolve) => child.once("close", () => resolve()));
  let log = "";
  child.stderr.on("data", (chunk) => {
    log += chunk;
  });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await answers.next();
    if (done) throw new Error(`The driver of the kernel ended:\n${log}`);
    return JSON.parse(value) as Record<string, unknown>;
  };
  const ask = (request: object) => {
    child.stdin.write(`${JSON.stringify(request)}\n`);
    return next();
  };
  const { pid } = await next();
  return {
    kernelPid: Number(pid),
    driverPid: Number(child.pid),
    ask,
    execute: async (code, options = {}) =>
      (await ask({ op: "execute", code, stopOnError: false, ...options })) as unknown as Execution,
    close: async () => {
      child.stdin.end(`${JSON.stringify({ op: "quit" })}\n`);
      await closed;
    },
  };
}

/** True while a process of the number runs. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
