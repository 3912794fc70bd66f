import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { isMainThread } from "node:worker_threads";
import { requireKnownOptions } from "../errors.js";

/** Folders of one installation, as absolute paths. */
export interface Workspace {
  /** Folder of data and results: the repository, or `REKINDLE_HOME`. */
  readonly home: string;
  /** The repository, with notebooks, `.venv` and set-up scripts. */
  readonly installation: string;
  readonly rawDatasets: string;
  readonly processedDatasets: string;
  readonly artifacts: string;
  readonly reports: string;
  readonly mlruns: string;
  readonly notebooks: string;
  readonly venv: string;
}

/** Settings read from environment variables. */
export interface Environment {
  readonly workspace: Workspace;
  /** Folder with copies of built-in datasets, from `REKINDLE_DATA`. */
  readonly dataFolder?: string;
  /** Artifact folder instead of `artifacts/<dataset>`, from `REKINDLE_OUT`; set for headless notebooks. */
  readonly out?: string;
  /** Seconds to wait for the dataset, from `REKINDLE_WAIT`; set for headless notebooks. */
  readonly wait?: number;
  /** Seconds that an SQL statement may run, from `REKINDLE_STATEMENT_LIMIT`; set for headless notebooks. */
  readonly statementLimit?: number;
  /** Name of the person, from `USER` or `LOGNAME`. */
  readonly user?: string;
  readonly debug: boolean;
  readonly ci: boolean;
  /** Secret for pseudonymous ids, from `REKINDLE_KEY`. */
  readonly key?: string;
  /** XGBoost shared library instead of that in `.venv`, from `REKINDLE_XGBOOST_LIB`. */
  readonly xgboostLibrary?: string;
  /** LightGBM shared library instead of that in `.venv`, from `REKINDLE_LIGHTGBM_LIB`. */
  readonly lightgbmLibrary?: string;
  /** Wait policy of idle OpenMP threads, from `OMP_WAIT_POLICY`. */
  readonly openMpWaitPolicy?: string;
  readonly mlflow: {
    readonly trackingUri?: string;
    readonly token?: string;
    readonly username?: string;
    readonly password?: string;
    readonly experimentName?: string;
    /** Seconds for one request, from `MLFLOW_HTTP_REQUEST_TIMEOUT`, not checked yet. */
    readonly requestTimeout?: string;
    /** Seconds that a run waits for MLflow in all, from `REKINDLE_TRACKING_TIMEOUT`, not checked yet. */
    readonly runTimeout?: string;
  };
}

/** Returns the folders below `home` and those of the installation. */
export function workspaceAt(home: string, options: { readonly installation?: string } = {}): Workspace {
  requireKnownOptions("name folders", options, { installation: true });
  const { installation = home } = options;
  const root = resolve(home);
  const code = resolve(installation);
  return {
    home: root,
    installation: code,
    rawDatasets: join(root, "datasets", "raw"),
    processedDatasets: join(root, "datasets", "processed"),
    artifacts: join(root, "artifacts"),
    reports: join(root, "reports"),
    mlruns: join(root, "mlruns"),
    notebooks: join(code, "notebooks"),
    venv: join(code, ".venv"),
  };
}

/**
 * Reads the environment variables. An empty variable counts as absent.
 *
 * @throws {RangeError} If a variable of seconds has no whole number.
 */
export function readEnvironment(variables: NodeJS.ProcessEnv = process.env): Environment {
  const read = (name: string) => variables[name] || undefined;
  const flag = (name: string) => /^(1|true|yes|on)$/i.test(variables[name] ?? "");
  const seconds = (name: string) => {
    const text = read(name);
    if (text === undefined || /^\d{1,5}$/.test(text)) return text === undefined ? undefined : Number(text);
    throw new RangeError(`Cannot read ${name}: it is "${text}"; expected whole seconds, or leave it out`);
  };
  return {
    workspace: workspaceAt(read("REKINDLE_HOME") ?? packageRoot(), { installation: packageRoot() }),
    ...optional("dataFolder", read("REKINDLE_DATA")),
    ...optional("out", read("REKINDLE_OUT")),
    ...optional("wait", seconds("REKINDLE_WAIT")),
    ...optional("statementLimit", seconds("REKINDLE_STATEMENT_LIMIT")),
    ...optional("user", read("USER") ?? read("LOGNAME")),
    debug: flag("DEBUG"),
    ci: flag("CI"),
    ...optional("key", read("REKINDLE_KEY")),
    ...optional("xgboostLibrary", read("REKINDLE_XGBOOST_LIB")),
    ...optional("lightgbmLibrary", read("REKINDLE_LIGHTGBM_LIB")),
    ...optional("openMpWaitPolicy", read("OMP_WAIT_POLICY")),
    mlflow: {
      ...optional("trackingUri", read("MLFLOW_TRACKING_URI")),
      ...optional("token", read("MLFLOW_TRACKING_TOKEN")),
      ...optional("username", read("MLFLOW_TRACKING_USERNAME")),
      ...optional("password", read("MLFLOW_TRACKING_PASSWORD")),
      ...optional("experimentName", read("MLFLOW_EXPERIMENT_NAME")),
      ...optional("requestTimeout", read("MLFLOW_HTTP_REQUEST_TIMEOUT")),
      ...optional("runTimeout", read("REKINDLE_TRACKING_TIMEOUT")),
    },
  };
}

function optional<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: V });
}

/** Returns the package folder, whether this file runs from `src/` or from `dist/`. */
function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json"))) {
    const parent = dirname(folder);
    if (parent === folder) return process.cwd();
    folder = parent;
  }
  return folder;
}

/**
 * Sets `OMP_WAIT_POLICY` to passive unless it is set, so that idle threads of native libraries loaded later sleep. Has no
 * effect in workers, whose environment is a copy.
 *
 * @returns The policy; undefined in a worker of a process without one.
 */
export function defaultWaitPolicy(): string | undefined {
  if (isMainThread) process.env["OMP_WAIT_POLICY"] ||= "passive";
  return process.env["OMP_WAIT_POLICY"];
}

/** Id of this process, used in names of temporary files. */
export const processId: number = process.pid;

/** Version of the running Node.js. */
export const nodeVersion: string = process.versions.node;

/** Returns true while a process with that id runs. */
export function isProcessRunning(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
