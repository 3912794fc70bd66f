import { resolve } from "node:path";
import {
  addDataset,
  type DatasetDetails,
  describeDataset,
  fetchDataset,
  knownDataset,
  listDatasets,
  makeDemo,
  type Provenance,
} from "../../datasets/index.js";
import { type Engine, openDuckDb } from "../../engine/index.js";
import { throttle } from "../../progress/index.js";
import { readEnvironment } from "../../storage/index.js";
import { renderText } from "../../table/index.js";
import { CliError } from "../cli-error.js";
import { type Command, type CommandInput, oneOf, text, wholeNumber } from "../command.js";
import { commonOptions } from "../common-options.js";
import { columnTable, datasetTable, sourceTable, trustedTable } from "../data-tables.js";
import { createProgress, type Progress } from "../progress.js";
import { untilAborted } from "../until-aborted.js";

const json = commonOptions["json"];
const quiet = commonOptions["quiet"];
const onError = {
  type: "string",
  value: "fail|drop",
  about: "Unreadable rows: fail, or drop and list them (default: fail)",
} as const;

export const dataList: Command = {
  name: "data list",
  about: "List datasets: imported ones, and how to get the others",
  options: { json },
  run: async ({ options, effects }) => {
    const datasets = await listDatasets(readEnvironment(effects.env).workspace);
    if (options["json"]) effects.out(`${JSON.stringify({ datasets })}\n`);
    else effects.out(`${renderText(datasetTable(datasets))}\n`);
  },
};

export const dataAdd: Command = {
  name: "data add",
  about: "Import CSV, gz, Parquet or XLSX files as a dataset",
  operands: "<name>",
  options: {
    from: {
      type: "string",
      value: "<file|folder|url>",
      about: "File, folder or address to import (default for built-in datasets: the copy in REKINDLE_DATA)",
    },
    mapping: { type: "string", value: "<json>", about: "JSON file that maps your columns to canonical ones" },
    "on-error": onError,
    json,
    quiet,
  },
  run: async (input) => {
    const { options, effects } = input;
    const from = text(options, "from");
    const mapping = text(options, "mapping");
    await importing(input, oneName(input), (engine, name) =>
      addDataset(engine, readEnvironment(effects.env), {
        name,
        from: from === undefined || /^https?:/.test(from) ? from : resolve(effects.cwd, from),
        ...(from === undefined || /^https?:/.test(from) ? {} : { origin: from }),
        mappingPath: mapping === undefined ? undefined : resolve(effects.cwd, mapping),
        onError: oneOf(options, "on-error", ["fail", "drop"] as const) ?? "fail",
        now: effects.now(),
      }),
    );
  },
};

export const dataFetch: Command = {
  name: "data fetch",
  about: "Download a built-in dataset from its publisher and verify it against published figures",
  operands: "<name>",
  options: {
    archive: { type: "string", value: "<url>", about: "Address of the archive (default: the publisher's)" },
    json,
    quiet,
  },
  run: async (input) => {
    const { options, effects } = input;
    const { workspace } = readEnvironment(effects.env);
    await importing(input, oneName(input), (engine, name) =>
      fetchDataset(engine, workspace, knownDataset(name), { archive: text(options, "archive"), now: effects.now() }),
    );
  },
};

export const dataMake: Command = {
  name: "data make",
  about: "Generate the demo dataset, with its ground truth",
  operands: "demo",
  options: {
    customers: { type: "string", value: "<number>", about: "Number of customers (default: 5000)" },
    seed: { type: "string", value: "<number>", about: "Random seed (default: 7)" },
    stationary: { type: "boolean", about: "No growth and no planted change of behaviour" },
    json,
    quiet,
  },
  run: async (input) => {
    const { options, effects } = input;
    const { workspace } = readEnvironment(effects.env);
    const name = oneName(input);
    if (name !== "demo") throw new CliError(`Cannot make "${name}": only "demo" can be generated`, 2);
    const customers = wholeNumber(options, "customers", { otherwise: 5000, min: 1 });
    await importing(input, name, (engine, _, progress) =>
      makeDemo(engine, workspace, {
        customers,
        signal: effects.signal,
        onProgress: throttle((done: number) => progress.say(`  ${done} of ${customers} customers generated`), effects),
        seed: wholeNumber(options, "seed", { otherwise: 7 }),
        stationary: options["stationary"] === true,
        now: effects.now(),
      }),
    );
  },
};

export const dataDescribe: Command = {
  name: "data describe",
  about: "Describe a dataset: sources, columns, tables, settings, licence",
  operands: "<name>",
  options: { json },
  run: async (input) => {
    const { options, effects } = input;
    const details = await describeDataset(readEnvironment(effects.env).workspace, oneName(input));
    effects.out(options["json"] ? `${JSON.stringify(details)}\n` : `${description(details)}\n`);
  },
};

function oneName({ operands }: CommandInput): string {
  if (operands.length !== 1)
    throw new CliError(`Cannot choose a dataset: ${operands.length} names given; expected 1`, 2);
  return operands[0];
}

async function importing(
  { options, effects }: CommandInput,
  name: string,
  body: (engine: Engine, name: string, progress: Progress) => Promise<Provenance>,
): Promise<void> {
  const progress = createProgress(effects, { quiet: options["quiet"] === true });
  const engine = await openDuckDb();
  try {
    const provenance = await progress.step(`import ${name}`, () =>
      untilAborted(body(engine, name, progress), effects.signal),
    );
    for (const note of provenance.notes) progress.say(`  ${note}`);
    const rejected = provenance.rejected.length;
    if (rejected)
      progress.say(`  ${rejected} unreadable rows dropped; datasets/raw/${name}/provenance.json lists them`);
    if (options["json"]) effects.out(`${JSON.stringify(provenance)}\n`);
    else effects.out(`${renderText(sourceTable(provenance))}\n`);
  } finally {
    engine.close();
  }
}

function description({
  name,
  title,
  about,
  state,
  licence,
  citation,
  how_to_get,
  settings,
  provenance,
  trusted,
}: DatasetDetails): string {
  const lines = [
    `${title} (${name}), ${state}`,
    ...(about ? [about] : []),
    `Licence: ${licence}`,
    `Source: ${citation}`,
    `Settings: ${settings.currency}, ${settings.locale}, ${settings.timezone}${settings.default_as_of ? `, as of ${settings.default_as_of}` : ""}`,
  ];
  if (!provenance) return [...lines, `To get it: ${how_to_get}`].join("\n");
  return [
    ...lines,
    `Imported: ${provenance.imported_at}${provenance.origin ? ` from ${provenance.origin}` : ""}, sha256 ${provenance.sha256}`,
    "",
    renderText(sourceTable(provenance)),
    "",
    renderText(columnTable(provenance)),
    ...(trusted ? ["", renderText(trustedTable(trusted.tables))] : []),
  ].join("\n");
}
