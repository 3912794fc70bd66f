import { join } from "node:path";
import { requireKnownOptions } from "../errors.js";
import type { Environment } from "../storage/index.js";
import { connectTracker } from "./connect-tracker.js";
import { gitCommit } from "./git-commit.js";
import { contextDefaults } from "./options/context-options.js";
import type { AnyStage, StageContext } from "./stage.js";
import { codeVersion, versions } from "./versions.js";

/** Options for {@link createStageContext}. */
export interface StageContextOptions {
  readonly dataset: string;
  readonly asOf?: string | undefined;
  readonly seed?: number | undefined;
  /** Threads per SQL statement; defaults to that of `contextOptions`, as do the switches. */
  readonly threads?: number | undefined;
  /** Seconds that one SQL statement may run; defaults to 600. */
  readonly statementLimit?: number | undefined;
  /** Seconds to wait while another process uses the dataset; defaults to 30. */
  readonly wait?: number | undefined;
  /** Folder of the artifacts; defaults to `artifacts/<dataset>`. */
  readonly out?: string | undefined;
  /** True logs files with a row per customer to MLflow too. */
  readonly logRows?: boolean | undefined;
  /** False logs nothing to MLflow. */
  readonly tracking?: boolean;
  /** Command, notebook or script, as runs name their source. */
  readonly source: { readonly name: string; readonly type: "LOCAL" | "NOTEBOOK" | "JOB"; readonly user?: string };
  readonly say: (line: string) => void;
  readonly draw?: ((line: string, isLast: boolean) => void) | undefined;
  readonly step?: StageContext["step"] | undefined;
  readonly now?: () => Date;
  readonly force?: boolean;
  readonly prerequisites?: boolean;
  /** The stages that make inputs. */
  readonly stages: readonly AnyStage[];
}

/** Makes the context of the command line, notebooks, sessions and the service. */
export async function createStageContext(
  environment: Environment,
  options: StageContextOptions,
): Promise<StageContext> {
  requireKnownOptions("create a context", options, {
    dataset: true,
    asOf: true,
    seed: true,
    threads: true,
    statementLimit: true,
    wait: true,
    out: true,
    logRows: true,
    tracking: true,
    source: true,
    say: true,
    draw: true,
    step: true,
    now: true,
    force: true,
    prerequisites: true,
    stages: true,
  });
  const {
    dataset,
    asOf,
    seed,
    threads = contextDefaults.threads,
    statementLimit = contextDefaults.statementLimit,
    wait = contextDefaults.wait,
    out,
    logRows = contextDefaults.logRows,
    tracking = contextDefaults.tracking,
    source,
    say,
    draw,
    step,
    now = () => new Date(),
    force = contextDefaults.force,
    prerequisites = contextDefaults.prerequisites,
    stages,
  } = options;
  const { workspace, mlflow, key } = environment;
  const commit = await gitCommit(workspace.installation);
  const context = {
    ...(source.user === undefined ? {} : { user: source.user }),
    sourceName: source.name,
    sourceType: source.type,
    ...(commit === undefined ? {} : { gitCommit: commit }),
  };
  const tracker = connectTracker(environment, { tracking, context, now: () => now().getTime(), warn: say });
  return {
    workspace,
    dataset,
    ...(asOf === undefined ? {} : { asOf }),
    ...(seed === undefined ? {} : { seed }),
    threads,
    statementLimit,
    holder: source.name,
    wait,
    out: out ?? join(workspace.artifacts, dataset),
    reports: out === undefined ? workspace.reports : join(out, "reports"),
    ...(key === undefined ? {} : { key }),
    now,
    ...(commit === undefined ? {} : { gitCommit: commit }),
    versions: versions(),
    code: codeVersion(),
    tracker,
    experiment: mlflow.experimentName ?? `rekindle/${dataset}`,
    logRows,
    say,
    ...(draw === undefined ? {} : { draw }),
    ...(step === undefined ? {} : { step }),
    force,
    prerequisites,
    stages,
  };
}
