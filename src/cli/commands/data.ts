import { resolve } from "node:path";
import {
  addDataset,
  type DatasetContent,
  type DatasetDetails,
  describeContent,
  describeDataset,
  fetchDataset,
  knownDataset,
  type LockDatasetOptions,
  listDatasets,
  makeDemo,
  type Provenance,
  resolveDataset,
  shownProvenance,
} from "../../datasets/index.js";
import { type Engine, openDuckDb } from "../../engine/index.js";
import {
  choice,
  contextOptions,
  defineOptions,
  optional,
  pathOption,
  resolveOptions,
  switchOption,
  textOption,
  wholeNumber,
} from "../../pipeline/index.js";
import { throttle } from "../../progress/index.js";
import { assumedInWords } from "../../reports/index.js";
import { readEnvironment, type Workspace } from "../../storage/index.js";
import { numberTexts, renderText } from "../../table/index.js";
import { CliError } from "../cli-error.js";
import type { CommandBody, CommandInput } from "../command.js";
import { columnTable, datasetTable, mappedTable, sourceTable, trustedTable } from "../data-tables.js";
import { outputOptions } from "../output-options.js";
import { createProgress, type Progress } from "../progress.js";
import { readFlags, schemaFlags } from "../schema-flags.js";
import { untilAborted } from "../until-aborted.js";

const { json, quiet } = outputOptions;

const addOptions = defineOptions({
  from: optional(
    textOption("File, folder or address to import (default if built-in: the copy in REKINDLE_DATA)", {
      value: "<file|folder|url>",
    }),
  ),
  mapping: optional(pathOption("file", "JSON file that maps your columns to canonical ones", { value: "<json>" })),
  onError: choice(["fail", "drop"], "Unreadable rows: fail, or drop and list them", { default: "fail" }),
  statementLimit: contextOptions.properties.statementLimit,
  wait: contextOptions.properties.wait,
});
const fetchOptions = defineOptions({
  archive: optional(textOption("Address of the archive (default: the publisher's)", { value: "<url>" })),
  wait: contextOptions.properties.wait,
});
const makeOptions = defineOptions({
  customers: wholeNumber("Number of customers", { default: 5000, minimum: 1 }),
  seed: contextOptions.properties.seed,
  stationary: switchOption("No growth and no planted change of behaviour", { default: false }),
  wait: contextOptions.properties.wait,
});

const waiting = defineOptions({ wait: contextOptions.properties.wait });

export const dataList: CommandBody = {
  options: { json },
  run: async ({ options, effects }) => {
    const datasets = await listDatasets(readEnvironment(effects.env).workspace);
    if (options["json"]) effects.out(`${JSON.stringify({ datasets })}\n`);
    else effects.out(`${renderText(datasetTable(datasets))}\n`);
  },
};

export const dataAdd: CommandBody = {
  options: { ...schemaFlags(addOptions), json, quiet },
  run: async (input) => {
    const { effects } = input;
    const { from, mapping, onError, statementLimit } = resolveOptions(
      addOptions,
      readFlags(addOptions, input),
      "data add",
    );
    const add = (engine: Engine, { name, lock }: Importing) =>
      addDataset(engine, readEnvironment(effects.env), {
        name,
        from: from === undefined || /^https?:/.test(from) ? from : resolve(effects.cwd, from),
        ...(from === undefined || /^https?:/.test(from) ? {} : { origin: from }),
        mappingPath: mapping,
        onError,
        lock,
        now: effects.now(),
      });
    await importing(input, "data add", add, { statementLimit });
  },
};

export const dataFetch: CommandBody = {
  options: { ...schemaFlags(fetchOptions), json, quiet },
  run: async (input) => {
    const { effects } = input;
    const { workspace } = readEnvironment(effects.env);
    const { archive } = readFlags(fetchOptions, input);
    await importing(input, "data fetch", (engine, { name, lock }) =>
      fetchDataset(engine, workspace, knownDataset(name), { archive, lock, now: effects.now() }),
    );
  },
};

export const dataMake: CommandBody = {
  options: { ...schemaFlags(makeOptions), json, quiet },
  run: async (input) => {
    const { effects } = input;
    const { workspace } = readEnvironment(effects.env);
    const name = oneName(input);
    if (name !== "demo")
      throw new CliError(
        `Cannot make "${name}": only "demo" can be generated; use rekindle data add for other datasets`,
        2,
      );
    const { customers, seed, stationary } = resolveOptions(makeOptions, readFlags(makeOptions, input), "data make");
    await importing(input, "data make", (engine, { progress, lock }) =>
      makeDemo(engine, workspace, {
        customers,
        lock,
        signal: effects.signal,
        onProgress: throttle((done: number) => progress.say(`  ${done} of ${customers} customers generated`), {
          now: effects.now,
        }),
        seed,
        stationary,
        now: effects.now(),
      }),
    );
  },
};

export const dataDescribe: CommandBody = {
  options: { json },
  run: async (input) => {
    const { options, effects } = input;
    const { workspace } = readEnvironment(effects.env);
    const details = await describeDataset(workspace, oneName(input));
    const content = details.provenance && (await contentOf(workspace, details.name));
    const provenance = details.provenance && shownProvenance(details.provenance);
    effects.out(
      options["json"]
        ? `${JSON.stringify({ ...details, provenance, content })}\n`
        : `${description(details, content)}\n`,
    );
  },
};

function oneName({ operands }: CommandInput): string {
  if (operands.length !== 1)
    throw new CliError(`Cannot choose a dataset: ${operands.length} names given; expected 1`, 2);
  return operands[0];
}

/** What an import runs with. */
interface Importing {
  readonly name: string;
  readonly progress: Progress;
  readonly lock: LockDatasetOptions;
}

async function importing(
  input: CommandInput,
  command: string,
  body: (engine: Engine, importing: Importing) => Promise<Provenance>,
  { statementLimit }: { readonly statementLimit?: number } = {},
): Promise<void> {
  const { options, effects } = input;
  const name = oneName(input);
  const progress = createProgress(effects, { quiet: options["quiet"] === true });
  const engine = await openDuckDb(statementLimit === undefined ? {} : { statementLimit });
  const { wait } = readFlags(waiting, input);
  try {
    const provenance = await progress.step(`import ${name}`, () => {
      const lock = { holder: `rekindle ${command}`, wait, say: progress.say, signal: effects.signal };
      return untilAborted(body(engine, { name, progress, lock }), effects.signal);
    });
    const assumed = assumedInWords(provenance);
    for (const note of [...(assumed ? [assumed] : []), ...provenance.notes]) progress.say(`  ${note}`);
    const rejected = provenance.rejected.length;
    if (rejected)
      progress.say(
        `  ${rejected} unreadable ${rejected === 1 ? "row" : "rows"} dropped; datasets/raw/${name}/provenance.json lists them`,
      );
    if (options["json"]) effects.out(`${JSON.stringify(shownProvenance(provenance))}\n`);
    else effects.out(`${renderText(sourceTable(provenance))}\n`);
  } finally {
    engine.close();
  }
}

async function contentOf(workspace: Workspace, name: string): Promise<DatasetContent> {
  const engine = await openDuckDb();
  try {
    return await describeContent(engine, await resolveDataset(workspace, name));
  } finally {
    engine.close();
  }
}

function description(details: DatasetDetails, content: DatasetContent | null): string {
  const { name, title, about, state, licence, citation, how_to_get, settings, provenance, trusted } = details;
  const lines = [
    `${title} (${name}), ${state}`,
    ...(about ? [about] : []),
    `Licence: ${licence}`,
    `Source: ${citation}`,
    `Settings: ${settings.currency}, ${settings.locale}, ${settings.timezone}${settings.default_as_of ? `, as of ${settings.default_as_of}` : ""}`,
  ];
  if (!provenance || !content) return [...lines, `To get it: ${how_to_get}`].join("\n");
  return [
    ...lines,
    `Imported: ${provenance.imported_at}${provenance.origin ? ` from ${provenance.origin}` : ""}, sha256 ${provenance.sha256}`,
    ...contentLines(content),
    "",
    renderText(mappedTable(content)),
    "",
    renderText(sourceTable(provenance)),
    "",
    renderText(columnTable(provenance)),
    ...(trusted ? ["", renderText(trustedTable(trusted.tables))] : []),
  ].join("\n");
}

function contentLines({ rows, orders, customers, first_day, last_day, consent }: DatasetContent): string[] {
  const { count } = numberTexts();
  const days = first_day === null ? "" : `, from ${first_day} to ${last_day}`;
  return [
    `Orders as imported: ${count(rows)} rows, ${count(orders)} orders, ${count(customers)} customers${days}`,
    consent === null
      ? "Consent: not recorded"
      : `Consent: ${count(consent.yes)} of ${count(consent.yes + consent.no + consent.unknown)} customers agreed, ${count(consent.no)} opted out, ${count(consent.unknown)} without recorded consent`,
  ];
}
