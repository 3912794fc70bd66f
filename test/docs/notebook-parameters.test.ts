import { expect, test } from "vitest";
import { notebooks } from "../../src/cli/commands/notebooks.js";
import { cellSource, type Notebook, notebookParameters } from "../../src/pipeline/notebooks/notebook-parameters.js";
import { textOf, trackedTexts } from "../checks/tracked-files.js";

const page = textOf("docs/notebooks.md");
const section = page.slice(page.indexOf("## Parameters"), page.indexOf("## Headless"));
const shipped = [...trackedTexts("notebooks/*.ipynb")].map(
  ([path, text]) => [path, JSON.parse(text) as Notebook] as const,
);

test("docs/notebooks.md names the parameters of every shipped notebook, with the option that sets each", () => {
  const rows = [...section.matchAll(/^\| `(\w+)` \| .+ \| `--([\w-]+)` \|$/gm)].map(([, name, flag]) => [name, flag]);
  expect(shipped.length).toBeGreaterThan(3);
  for (const [path, notebook] of shipped) {
    const declared = notebookParameters(notebook).map(({ name }) => name);
    expect([path, declared]).toEqual([path, rows.map(([name]) => name)]);
  }
  for (const [name, flag] of rows) {
    expect(flag).toBe(name?.replaceAll("_", "-"));
    expect(Object.keys(notebooks.options ?? {})).toContain(flag);
  }
});

test("docs/notebooks.md quotes the parameters cell as it is", () => {
  const [, quoted] = /```ts\n(.*?)\n```/s.exec(section) ?? [];
  for (const [path, { cells }] of shipped) {
    const cell = cells.find(({ metadata }) => metadata?.tags?.includes("parameters"));
    expect([path, cell && cellSource(cell)]).toEqual([path, quoted]);
  }
});
