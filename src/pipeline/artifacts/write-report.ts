import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Report, renderHtml, renderMarkdown } from "../../reports/index.js";

/** Writes a report as `<name>.md` and `<name>.html`. */
export async function writeReport(folder: string, name: string, report: Report): Promise<void> {
  await writeFile(join(folder, `${name}.md`), renderMarkdown(report));
  await writeFile(join(folder, `${name}.html`), await renderHtml(report));
}
