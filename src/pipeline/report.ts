import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Chart, renderPng } from "../charts/index.js";
import { openDuckDb } from "../engine/index.js";
import type { ReturnsPolicy } from "../features/index.js";
import {
  dataQualityReport,
  type IndexEntry,
  type Report,
  renderHtml,
  renderIndex,
  renderMarkdown,
} from "../reports/index.js";
import { writeFileAtomically } from "../storage/index.js";
import type { Manifest } from "./artifacts/manifest.js";
import { writeArtifacts } from "./artifacts/write-artifacts.js";
import { trackedInput } from "./clean.js";
import { dataQualityInput } from "./data-quality-input.js";
import { openDataset } from "./open-dataset.js";
import type { Stage } from "./stage.js";

/** What the report is about and how much of it is drawn. */
export interface ReportStageOptions {
  /** Must be that of the features; defaults to it. */
  readonly returns?: ReturnsPolicy;
  /** Writes the charts as PNG too; defaults to true. */
  readonly figures?: boolean;
}

/** Artifacts -> `reports/<dataset>/data_quality.md` and `.html`, and the contents page of all reports. */
export function reportStage({ returns: asked, figures = true }: ReportStageOptions = {}): Stage {
  return {
    name: "report",
    run: async (context, tracked) => {
      const { dataset, say } = context;
      const manifest = await featuresManifest(context.out, dataset);
      const { asOf, returns } = checkedRequest(manifest, { dataset, asOf: context.asOf, returns: asked });
      const engine = await openDuckDb({ threads: context.threads });
      try {
        const opened = await openDataset(engine, { ...context, asOf });
        if (manifest.dataset_sha256 !== opened.provenance.sha256) {
          throw new Error(
            `Cannot report: the features of "${dataset}" come from an earlier import, run npx rekindle run --dataset ${dataset}`,
          );
        }
        const input = await dataQualityInput(engine, {
          ...opened,
          artifacts: context.out,
          features: manifest,
          returns,
          seed: context.seed,
          ...(context.gitCommit ? { gitCommit: context.gitCommit } : {}),
          ...(tracked.id ? { runId: tracked.id } : {}),
        });
        const report = dataQualityReport(input);
        const folder = join(context.reports, dataset);
        const params = { as_of: asOf, returns };
        const { provenance } = opened;
        await writeArtifacts(context, { folder, provenance, asOf, params, tracked }, async (temporary) => {
          const paths = figures ? await writeFigures(report, temporary) : new Map<Chart, string>();
          const figure = (chart: Chart) => paths.get(chart);
          await writeFile(join(temporary, "data_quality.html"), await renderHtml(report));
          await writeFile(join(temporary, "data_quality.md"), renderMarkdown(report, { figure }));
        });
        const index = renderIndex(await indexEntries(context.reports));
        await writeFileAtomically(join(context.reports, "index.html"), index);
        say(`  ${join(folder, "data_quality.html")}`);
        return {
          stage: "report",
          value: report,
          folder,
          metrics: { share_of_rows_kept: input.totals.shareKept, customers: input.totals.customers },
          input: trackedInput(provenance),
          params,
        };
      } finally {
        engine.close();
      }
    },
  };
}

async function featuresManifest(out: string, dataset: string): Promise<Manifest> {
  const path = join(out, "features", "manifest.json");
  if (!existsSync(path))
    throw new Error(`Cannot report: "${dataset}" has no features yet, run npx rekindle run --dataset ${dataset}`);
  return JSON.parse(await readFile(path, "utf8")) as Manifest;
}

/** The day and the policy of the features; what was asked for must not contradict them. */
function checkedRequest(
  manifest: Manifest,
  asked: { dataset: string; asOf: string | undefined; returns: ReturnsPolicy | undefined },
): { asOf: string; returns: ReturnsPolicy } {
  const asOf = manifest.as_of as string;
  const returns = returnsOf(manifest);
  const again = `run npx rekindle features --dataset ${asked.dataset} --as-of ${asked.asOf ?? asOf} --returns ${asked.returns ?? returns}`;
  if (asked.asOf !== undefined && asked.asOf !== asOf) {
    throw new RangeError(
      `Cannot report as of ${asked.asOf}: the features of "${asked.dataset}" stand at ${asOf}, ${again}`,
    );
  }
  if (asked.returns !== undefined && asked.returns !== returns) {
    throw new RangeError(
      `Cannot report with --returns ${asked.returns}: the features of "${asked.dataset}" were computed with ${returns}, ${again}`,
    );
  }
  return { asOf, returns };
}

/** The policy that the features were computed with; "drop" in a manifest that does not say. */
function returnsOf({ params }: Partial<Manifest>): ReturnsPolicy {
  return params?.["returns"] === "net" ? "net" : "drop";
}

/** The charts as PNG, for readers of the Markdown. */
async function writeFigures(report: Report, folder: string): Promise<Map<Chart, string>> {
  await mkdir(join(folder, "figures"), { recursive: true });
  const paths = new Map<Chart, string>();
  for (const block of report.blocks) {
    if (block.type !== "chart") continue;
    const path = join("figures", `${slug(block.chart.title)}.png`);
    await writeFile(join(folder, path), await renderPng(block.chart, { dpi: 144 }));
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

const titles: Readonly<Record<string, string>> = {
  data_quality: "Data quality",
  strategic_report: "Strategic report",
  drift_report: "Drift analysis",
};

async function indexEntries(reports: string): Promise<IndexEntry[]> {
  const entries: IndexEntry[] = [];
  for (const dataset of (await readdir(reports)).sort()) {
    const path = join(reports, dataset, "manifest.json");
    if (!existsSync(path)) continue;
    const { as_of, files } = JSON.parse(await readFile(path, "utf8")) as Manifest;
    for (const file of Object.keys(files).filter((name) => /^[a-z_]+\.html$/.test(name))) {
      const name = file.slice(0, -".html".length);
      const markdown = `${name}.md`;
      entries.push({
        dataset,
        title: titles[name] ?? name,
        asOf: as_of ?? "",
        href: `${dataset}/${file}`,
        ...(markdown in files ? { markdownHref: `${dataset}/${markdown}` } : {}),
      });
    }
  }
  return entries;
}
