import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { type IndexEntry, renderIndex } from "../reports/index.js";
import { writeFileAtomically } from "../storage/index.js";
import { readManifest } from "./artifacts/manifest.js";

const titles: Readonly<Record<string, string>> = {
  data_quality: "Data quality",
  strategic_report: "Strategic report",
  drift_report: "Drift analysis",
};

/** Writes `index.html`, the contents page of the reports of all datasets. */
export async function writeReportIndex(reports: string): Promise<void> {
  await writeFileAtomically(join(reports, "index.html"), renderIndex(await indexEntries(reports)));
}

async function indexEntries(reports: string): Promise<IndexEntry[]> {
  const entries: IndexEntry[] = [];
  for (const dataset of (await readdir(reports)).sort()) {
    const manifest = await readManifest(join(reports, dataset));
    if (!manifest) continue;
    const { as_of, files } = manifest;
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
