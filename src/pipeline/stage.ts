import type { Static } from "typebox";
import type { DatasetSettings, Provenance, ResolvedDataset } from "../datasets/index.js";
import type { Engine } from "../engine/index.js";
import type { Workspace } from "../storage/index.js";
import type { Run, Tracker } from "../tracking/index.js";
import type { Artifact } from "./artifacts/artifact.js";
import type { Manifest } from "./artifacts/manifest.js";
import type { ArtifactContent } from "./artifacts/write-content.js";
import type { OpenedDataset } from "./open-dataset.js";
import type { Params } from "./options/option-params.js";
import type { GivenOptions, OptionSchema } from "./options/option-schema.js";

/** Context of every stage: folders, request and effects. */
export interface StageContext {
  readonly workspace: Workspace;
  /** Name of the dataset. */
  readonly dataset: string;
  /** Last day that anything may see; if absent, that of what is read, else the dataset's default. */
  readonly asOf?: string;
  /** Seeds every draw; if absent, that of what was made before, else the default. */
  readonly seed?: number;
  readonly threads: number;
  /** Seconds that one SQL statement may run. */
  readonly statementLimit: number;
  /** Command, notebook or script, as other processes name it that wait for the dataset. */
  readonly holder: string;
  /** Seconds to wait while another process uses the dataset. */
  readonly wait: number;
  /** Folder of the artifacts of this dataset. */
  readonly out: string;
  /** Folder of the reports. */
  readonly reports: string;
  /** `REKINDLE_KEY`, the key of pseudonymous ids, if it is set. */
  readonly key?: string;
  readonly now: () => Date;
  readonly gitCommit?: string;
  /** Versions of what computed, for manifests. */
  readonly versions: Readonly<Record<string, string>>;
  /** Version of the code that computes: other code makes other artifacts. */
  readonly code: string;
  readonly tracker: Tracker;
  readonly experiment: string;
  /** Logs files with a row per customer too, which otherwise stay on this machine. */
  readonly logRows: boolean;
  /** Reports progress and remarks, one line each. */
  readonly say: (line: string) => void;
  /** Shows a line in place of the one before, and keeps the last; absent where that cannot be done. */
  readonly draw?: (line: string, isLast: boolean) => void;
  /** Stops the work of a stage before anything is replaced; by default an interrupt of the notebook does. */
  readonly signal?: AbortSignal | undefined;
  /** Brackets a stage, for example with a live line; by default nothing is shown. */
  readonly step?: <T>(name: string, body: () => Promise<T>, facts?: (result: T) => string | undefined) => Promise<T>;
  /** Computes again what is up to date. */
  readonly force: boolean;
  /** True for work inside of work that has locked the dataset. */
  readonly isLocked?: boolean;
  /** Makes missing and stale inputs first; false refuses instead. */
  readonly prerequisites: boolean;
  /** The stages that make inputs. */
  readonly stages: readonly AnyStage[];
}

/** A stage with the options that a command gives it. */
export interface CommandStage {
  readonly stage: { readonly name: string; readonly options: OptionSchema };
  readonly options: Readonly<Record<string, unknown>>;
}

/** The work of a stage on the raw tables of an import; made and closed by `runStage`. */
export interface RawWork {
  readonly engine: Engine;
  readonly provenance: Provenance;
  /** `datasets/raw/<name>` and `datasets/processed/<name>`. */
  readonly rawFolder: string;
  readonly processedFolder: string;
  /** Read now from `datasets/<name>/settings.json`. */
  readonly settings: DatasetSettings;
  readonly seed: number;
  readonly context: StageContext;
  /** The tracked run. */
  readonly run: Run;
  /** The folder as it was before this run, which may not exist. */
  readonly folder: string;
  /** The folder that takes its place in the end; {@link RawWork.write} writes into it. */
  readonly temporary: string;
  /** Reports a fact in one line. */
  say(line: string): void;
  /** The command that runs a stage on this dataset, in the same folder. */
  commandLine(next: CommandStage, own: Pick<StageContext, "asOf" | "seed">): string;
  /** The command that runs all stages like this one: as of the same day and with the same seed. */
  runCommandLine(planned: readonly CommandStage[]): string;
  /** Reads what an earlier stage made. The artifact must be among the stage's `reads`. */
  read<T>(artifact: Artifact<T>): Promise<T>;
  /** The manifest of the stage that made an input. */
  manifest(artifact: Artifact<unknown>): Manifest;
  /** Writes a file of this stage's folder; it appears with all others when the stage has succeeded. */
  write(file: string, content: ArtifactContent): Promise<void>;
}

/** The work of a stage on trusted tables, with the day resolved. */
export interface StageWork extends RawWork {
  readonly dataset: OpenedDataset;
  /** Last day that anything may see. */
  readonly asOf: string;
}

interface StageBase<S extends OptionSchema, R, W extends RawWork> {
  /** Name of the command and of the run in MLflow. */
  readonly name: string;
  /** Name of the folder of its artifacts, below that of all artifacts of the dataset. */
  readonly folder: string;
  readonly about: string;
  readonly options: S;
  /** Artifacts that must be present and fresh before it runs. */
  readonly reads: readonly Artifact<unknown>[];
  /** Settings of the dataset that its data depend on; a change of another one leaves its artifacts fresh. */
  readonly settings: readonly (keyof DatasetSettings)[];
  /**
   * Files outside of its inputs that its data depend on: those that it writes itself and reads again, such as limits that
   * stay, or those that stay once they are made, such as the split of an experiment.
   */
  keeps?(context: StageContext, options: Static<S>): readonly string[] | Promise<readonly string[]>;
  /** True if its files name customers by contact key, so that another key makes them out of date. */
  usesContactKey?(options: Static<S>): boolean;
  /** True if its data depend on the seed. */
  readonly seeded: boolean;
  /** True if its own draws are all that a given seed is about: its inputs keep theirs. Defaults to false. */
  readonly ownSeed?: boolean;
  /** True for a stage that runs every time it is asked for, such as one that answers a question. Defaults to false. */
  readonly always?: boolean;
  /** The folder of its artifacts where it lies elsewhere. */
  place?(context: StageContext, options: Static<S>): string | Promise<string>;
  /** Refuses options that are wrong by themselves, are missing or do not go together, before any work. @throws {RangeError} */
  check?(given: GivenOptions<S>): void;
  /** Refuses names and files that do not fit the dataset, before a run starts or anything is made. @throws {RangeError | SyntaxError} */
  inspect?(source: Pick<ResolvedDataset, "provenance">, given: GivenOptions<S>): void | Promise<void>;
  run(work: W, options: Static<S>): Promise<R>;
  /** Called once the folder is in place, for files outside it. */
  finish?(work: W, result: R): Promise<void>;
  /** Flat name -> number, the same names as in MLflow. */
  metrics(result: R): Readonly<Record<string, number>>;
  /** Parameters that only the run could resolve, beside those of the options. */
  params?(result: R): Params;
  /** Reasons to doubt the result, which are shown even where progress and answer are not. */
  warnings?(result: R): readonly string[];
  /** Facts of the result for its log line, such as "4,976 customers, 64 features". */
  facts?(result: R): string;
  /** The answer on standard output, for a stage that answers a question. */
  summary?(result: R): string;
  /** The same answer as JSON, for `--json`. */
  answer?(result: R): unknown;
}

/** A stage that reads the raw tables of an import. Its artifacts are of the whole file and of no day. */
export interface RawStage<S extends OptionSchema, R> extends StageBase<S, R, RawWork> {
  readonly opens: "raw";
}

/** A stage that reads trusted tables as of a day. */
export interface TrustedStage<S extends OptionSchema, R> extends StageBase<S, R, StageWork> {
  readonly opens: "trusted";
  /** The artifact whose day it takes where none is asked for; by default the dataset's own day counts. */
  readonly dayOf?: Artifact<unknown>;
}

/** One step that a person can run: its options, what it reads, its composition, its metrics. */
export type Stage<S extends OptionSchema, R> = RawStage<S, R> | TrustedStage<S, R>;

/** A stage of any options and result, as registries hold it. */
// biome-ignore lint/suspicious/noExplicitAny: a registry holds stages of all kinds, each checks its own options
export type AnyStage = Stage<any, any>;
