import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { isMainThread } from "node:worker_threads";

/** Where the folders of one installation are, as absolute paths. */
export interface Workspace {
  /** The folder of data and results: the repository, or `REKINDLE_HOME`. */
  readonly home: string;
  /** The repository, which has the notebooks, `.venv` and the scripts of set-up. */
  readonly installation: string;
  readonly rawDatasets: string;
  readonly processedDatasets: string;
  readonly artifacts: string;
  readonly reports: string;
  readonly mlruns: string;
  readonly notebooks: string;
  readonly venv: string;
}

/** Every setting that is read from environment variables, as a value. */
export interface Environment {
  readonly workspace: Workspace;
  /** A folder laid out like the shared datasets, from `REKINDLE_DATA`. */
  readonly dataFolder?: string;
  /** Folder of artifacts in place of `artifacts/<dataset>`, from `REKINDLE_OUT`; headless notebooks are told it so. */
  readonly out?: string;
  readonly debug: boolean;
  readonly ci: boolean;
  /** The key of pseudonymous ids, from `REKINDLE_KEY`. */
  readonly key?: string;
  /** The shared library of XGBoost in place of that in `.venv`, from `REKINDLE_XGBOOST_LIB`. */
  readonly xgboostLibrary?: string;
  /** The shared library of LightGBM in place of that in `.venv`, from `REKINDLE_LIGHTGBM_LIB`. */
  readonly lightgbmLibrary?: string;
  /** How idle threads of native libraries wait, from `OMP_WAIT_POLICY`. */
  readonly openMpWaitPolicy?: string;
  readonly mlflow: {
    readonly trackingUri?: string;
    readonly token?: string;
    readonly username?: string;
    readonly password?: string;
    readonly experimentName?: string;
  };
}

/** The folders below `home`, and those of the installation. */
export function workspaceAt(home: string, { installation = home } = {}): Workspace {
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

/** Reads the environment once. An empty variable counts as absent. */
export function readEnvironment(variables: NodeJS.ProcessEnv = process.env): Environment {
  const read = (name: string) => variables[name] || undefined;
  const flag = (name: string) => /^(1|true|yes|on)$/i.test(variables[name] ?? "");
  return {
    workspace: workspaceAt(read("REKINDLE_HOME") ?? packageRoot(), { installation: packageRoot() }),
    ...optional("dataFolder", read("REKINDLE_DATA")),
    ...optional("out", read("REKINDLE_OUT")),
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
    },
  };
}

function optional<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: V });
}

/** The folder of the package that this file belongs to, whether it runs from `src/` or from `dist/`. */
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
 * Has idle threads of native libraries that are loaded from now on sleep, unless `OMP_WAIT_POLICY` is set. A worker's
 * variables are a copy that libraries do not see: there it does nothing.
 *
 * @returns The policy; undefined in a worker of a process that has none.
 */
export function defaultWaitPolicy(): string | undefined {
  if (isMainThread) process.env["OMP_WAIT_POLICY"] ||= "passive";
  return process.env["OMP_WAIT_POLICY"];
}

/** The number of this process, which marks its temporary files. */
export const processId: number = process.pid;

/** The version of Node that runs this. */
export const nodeVersion: string = process.versions.node;

/** True while a process of that number runs. */
export function isProcessRunning(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
