import { join } from "node:path";
import type { Chart } from "../../charts/index.js";
import { dataQualityReport, type Report, renderHtml, renderMarkdown } from "../../reports/index.js";
import { numberTexts } from "../../table/index.js";
import type { Artifact } from "../artifacts/artifact.js";
import { cleaningReport } from "../artifacts/cleaning-report.js";
import { featureStore } from "../artifacts/feature-store.js";
import { recordedReturns } from "../artifacts/manifest.js";
import { dataQualityInput } from "../data-quality/data-quality-input.js";
import { defineOptions, withoutDefault } from "../options/option-schema.js";
import { sharedOptions } from "../options/shared-options.js";
import type { AnyStage, StageContext, StageWork, TrustedStage } from "../stage.js";

const options = defineOptions({
  returns: withoutDefault(sharedOptions.returns, "Returns, as in the features (default: theirs)"),
  figures: sharedOptions.figures,
});

/** Subject of a written report. */
export interface WrittenReport {
  readonly report: Report;
  readonly customers: number;
  readonly shareOfRowsKept: number;
  readonly returns: string;
}

/** Artifacts -> `reports/<dataset>/data_quality.md` and `.html`. */
export const reportStage: TrustedStage<typeof options, WrittenReport> = {
  name: "report",
  folder: "reports",
  about: "Write the reports as Markdown and self-contained HTML",
  options,
  opens: "trusted",
  reads: [cleaningReport, featureStore],
  dayOf: featureStore,
  settings: ["currency", "locale", "timezone", "categories", "strategy"],
  seeded: false,
  place: ({ reports, dataset }) => join(reports, dataset),
  async run(work, { figures }) {
    const { engine, dataset, context, run, seed } = work;
    const features = work.manifest(featureStore);
    const returns = recordedReturns(features);
    const cleaning = await work.read(cleaningReport);
    const input = await dataQualityInput(engine, {
      ...dataset,
      cleaning,
      featureStore: await work.read(featureStore),
      command: work.runCommandLine([
        { stage: makerOf(cleaningReport, context), options: work.manifest(cleaningReport).options ?? {} },
        { stage: makerOf(featureStore, context), options: { ...features.options, returns } },
        { stage: { name: "report", options }, options: { returns, figures } },
      ]),
      returns,
      seed,
      ...(context.gitCommit ? { gitCommit: context.gitCommit } : {}),
      ...(run.id ? { runId: run.id } : {}),
    });
    const report = dataQualityReport(input);
    const paths = figures ? await writeFigures(report, work) : new Map<Chart, string>();
    await work.write("data_quality.html", await renderHtml(report));
    await work.write("data_quality.md", renderMarkdown(report, { figure: (chart) => paths.get(chart) }));
    work.say(join(work.folder, "data_quality.html"));
    const { shareKept, customers } = input.totals;
    return { report, customers, shareOfRowsKept: shareKept, returns };
  },
  metrics: ({ shareOfRowsKept, customers }) => ({ share_of_rows_kept: shareOfRowsKept, customers }),
  params: ({ returns }) => ({ returns }),
  facts: ({ customers, shareOfRowsKept }) =>
    `${numberTexts().count(customers)} customers, ${numberTexts().percent(shareOfRowsKept)} of rows kept`,
};

function makerOf({ madeBy }: Artifact<unknown>, { stages }: Pick<StageContext, "stages">): AnyStage {
  const stage = stages.find(({ name }) => name === madeBy);
  if (!stage) throw new TypeError(`Cannot name the command of "${madeBy}": there is no such stage`);
  return stage;
}

/** Writes the charts as PNG, for readers of the Markdown. */
async function writeFigures(report: Report, { write }: Pick<StageWork, "write">): Promise<Map<Chart, string>> {
  const paths = new Map<Chart, string>();
  for (const block of report.blocks) {
    if (block.type !== "chart") continue;
    const path = join("figures", `${slug(block.chart.title)}.png`);
    await write(path, { chart: block.chart, dpi: 144 });
    paths.set(block.chart, path);
  }
  return paths;
}

function slug(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 60);
}
