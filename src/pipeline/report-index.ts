import { existsSync } from "node:fs";
import { open, readdir } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { type IndexEntry, renderIndex } from "../reports/index.js";
import { writeFileAtomically } from "../storage/index.js";
import { soundManifest } from "./artifacts/manifest.js";
import type { StageContext } from "./stage.js";

/** Folders that the contents page of the reports covers. */
export type ReportPlaces = Pick<StageContext, "dataset" | "out" | "reports"> & {
  readonly workspace: Pick<StageContext["workspace"], "artifacts">;
};

/** Levels of folders below a dataset's artifacts: `experiments/<name>/<step>`. */
const DEEPEST = 3;

/**
 * Writes `index.html`, the contents page of the reports of all datasets. It links every page that a stage or a notebook
 * wrote: reports, experiments and executed notebooks.
 */
export async function writeReportIndex(places: ReportPlaces): Promise<void> {
  const { reports } = places;
  const entries: IndexEntry[] = [];
  for (const { dataset, folder } of [...(await foldersIn(reports)), ...(await artifactFolders(places))]) {
    for (const page of await pagesIn(folder, DEEPEST, reports)) {
      const href = (path: string) => relative(reports, path).split(sep).map(encodeURIComponent).join("/");
      entries.push({
        dataset,
        title: page.title,
        asOf: page.asOf,
        href: href(page.path),
        ...(page.markdown === undefined ? {} : { markdownHref: href(page.markdown) }),
      });
    }
  }
  await writeFileAtomically(join(reports, "index.html"), renderIndex(entries));
}

interface DatasetFolder {
  readonly dataset: string;
  readonly folder: string;
}

async function foldersIn(parent: string): Promise<DatasetFolder[]> {
  if (!existsSync(parent)) return [];
  const found = await readdir(parent, { withFileTypes: true });
  return found
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .map(({ name }) => ({ dataset: name, folder: join(parent, name) }))
    .sort((a, b) => (a.dataset < b.dataset ? -1 : 1));
}

/** The artifacts of all datasets, or those of one that has a place of its own. */
async function artifactFolders({ workspace, out, dataset }: ReportPlaces): Promise<DatasetFolder[]> {
  return dirname(out) === workspace.artifacts ? foldersIn(workspace.artifacts) : [{ dataset, folder: out }];
}

interface Page {
  readonly path: string;
  readonly title: string;
  readonly asOf: string;
  readonly markdown?: string;
}

/** Lists the pages that the manifests of a folder and of those in it name. */
async function pagesIn(folder: string, depth: number, reports: string): Promise<Page[]> {
  const manifest = await soundManifest(folder);
  const files = Object.keys(manifest?.files ?? {});
  const pages: Page[] = [];
  for (const file of files.filter((name) => name.endsWith(".html")).sort()) {
    const path = join(folder, file);
    if (!existsSync(path)) continue;
    const markdown = file.replace(/html$/, "md");
    pages.push({
      path,
      title: await titleOf(path),
      asOf: manifest?.as_of ?? "",
      ...(files.includes(markdown) ? { markdown: join(folder, markdown) } : {}),
    });
  }
  if (depth === 0 || manifest) return pages;
  for (const child of await foldersIn(folder)) {
    if (child.folder !== reports) pages.push(...(await pagesIn(child.folder, depth - 1, reports)));
  }
  return pages;
}

/** Reads the title of an HTML page from its beginning; without the dataset, which the contents page has as a heading. */
async function titleOf(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4096), 0, 4096, 0);
    const [, title] = /<title>([^<]+)<\/title>/.exec(buffer.toString("utf8", 0, bytesRead)) ?? [];
    return (title ?? basename(path, ".html"))
      .replace(/ · [^·]*$/, "")
      .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
      .replace(/&(amp|lt|gt|quot);/g, (_, name: "amp") => ({ amp: "&", lt: "<", gt: ">", quot: '"' })[name]);
  } finally {
    await file.close();
  }
}
