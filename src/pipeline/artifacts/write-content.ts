import { mkdir, writeFile } from "node:fs/promises";
import { dirname, extname } from "node:path";
import { type Chart, renderPng, renderSvg } from "../../charts/index.js";
import type { Engine, KeptColumns } from "../../engine/index.js";
import { type Report, renderHtml, renderMarkdown } from "../../reports/index.js";

/** Content of an artifact: text, bytes, a query, columns with a query over them as `kept`, a chart, a report, or any other value as JSON. */
export type ArtifactContent =
  | string
  | Uint8Array
  | { readonly sql: string }
  | { readonly columns: KeptColumns; readonly select: string }
  | { readonly chart: Chart; readonly dpi?: number }
  | { readonly report: Report }
  | { readonly json: unknown };

/** Writes content to a file in the form that its extension names: .parquet, .csv, .json, .svg, .png, .html, or text. */
export async function writeContent(engine: Engine, path: string, content: ArtifactContent): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  if (typeof content === "string" || content instanceof Uint8Array) return writeFile(path, content);
  if ("json" in content) return writeFile(path, `${JSON.stringify(content.json, null, 2)}\n`);
  if ("report" in content) {
    const { report } = content;
    return writeFile(path, extname(path) === ".html" ? await renderHtml(report) : renderMarkdown(report));
  }
  if ("chart" in content) {
    const { chart, dpi = 300 } = content;
    return writeFile(path, extname(path) === ".svg" ? await renderSvg(chart) : await renderPng(chart, { dpi }));
  }
  if ("sql" in content) return writeQuery(engine, path, content.sql);
  await engine.keepColumns("kept", content.columns);
  await writeQuery(engine, path, content.select);
  await engine.run("DROP TABLE kept");
}

function writeQuery(engine: Engine, path: string, sql: string): Promise<void> {
  return extname(path) === ".csv" ? engine.writeCsv(sql, path) : engine.writeParquet(sql, path);
}
