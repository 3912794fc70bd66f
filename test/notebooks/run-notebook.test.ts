import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Notebook } from "../../src/pipeline/notebooks/notebook-parameters.js";
import { type NotebookEvent, runNotebook } from "../../src/pipeline/notebooks/run-notebook.js";
import { home, kernelEnvironment, requireBuilt } from "./kernel-driver.js";
import { makeNotebook } from "./make-notebook.js";

let folder: string;
let env: Record<string, string | undefined>;

beforeAll(async () => {
  requireBuilt();
  folder = await mkdtemp(join(tmpdir(), "rekindle-run-notebook-"));
  env = await kernelEnvironment(join(folder, "jupyter"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function save(name: string, notebook: Notebook): Promise<{ path: string; outputFolder: string }> {
  const path = join(folder, name);
  await mkdir(folder, { recursive: true });
  await writeFile(path, JSON.stringify(notebook));
  return { path, outputFolder: join(folder, "out", name) };
}

interface Executed {
  readonly cells: readonly {
    readonly source: string;
    readonly outputs: readonly Record<string, unknown>[];
    readonly execution_count: number;
  }[];
}
const readExecuted = async (path: string) => JSON.parse(await readFile(path, "utf8")) as Executed;

it("runs a copy with its parameters and writes the executed notebook and a page without network", async () => {
  const nasty = 'a "b" \\ `$' + "{c}` </script> 👋";
  const source = makeNotebook(
    { source: 'let name = "demo";\nlet limit: number | null = null;', tags: ["parameters"] },
    "console.log(JSON.stringify([name, limit]));",
    'const svg = "<svg xmlns=\'http://www.w3.org/2000/svg\'/>";\n({ [Symbol.for("Jupyter.display")]: () => ({ "application/vnd.vega.v5+json": {}, "image/svg+xml": svg }) })',
  );
  const files = await save("10-parameters.ipynb", source);
  const events: NotebookEvent[] = [];
  const parameters = { name: nasty, limit: Number.NaN };
  const run = await runNotebook({ ...files, parameters, home, env, onProgress: (event) => events.push(event) });

  expect(run).toMatchObject({ notebook: join(files.outputFolder, "10-parameters.ipynb"), cells: 4 });
  const { cells } = await readExecuted(run.notebook);
  expect(cells[2].outputs).toMatchObject([{ output_type: "stream", text: [`${JSON.stringify([nasty, null])}\n`] }]);
  expect(Object.keys(cells[3].outputs[0]["data"] as object)).toEqual(["application/vnd.vega.v5+json", "image/svg+xml"]);
  expect(cells.map(({ execution_count }) => execution_count)).toEqual([1, 2, 3, 4]);
  expect(events.map(({ event, cell }) => `${event} ${cell}`)).toEqual(
    [1, 2, 3, 4].flatMap((cell) => [`cell ${cell}`, `done ${cell}`]),
  );
  const html = await readFile(run.html, "utf8");
  expect(html).toContain('src="data:image/svg+xml;base64,');
  expect(html).not.toMatch(/<(?:script|link|img)[^>]*(?:src|href)="(?:https?:)?\/\//);
  expect(JSON.parse(await readFile(files.path, "utf8"))).toEqual(source);
  expect((await readdir(files.outputFolder)).sort()).toEqual(["10-parameters.html", "10-parameters.ipynb"]);
});

it("fails with notebook, cell number, source and message, and still writes what ran", async () => {
  const failing = 'const price = -1;\nthrow new RangeError("Cannot price: it is " + price);';
  const files = await save("11-failing.ipynb", makeNotebook("1 + 1", failing, "3 + 3"));
  const error: Error = await runNotebook({ ...files, home, env }).then(
    () => Promise.reject(new Error("the run did not fail")),
    (cause) => cause,
  );
  const executed = join(files.outputFolder, "11-failing.ipynb");
  expect(error.message).toContain(
    'Cannot run notebook "11-failing.ipynb": cell [2] failed with RangeError: Cannot price: it is -1',
  );
  expect(error.message).toContain('    const price = -1;\n    throw new RangeError("Cannot price: it is " + price);');
  expect(error.message).toContain(executed);
  expect(error.cause).toContain("cell [2]: throw new RangeError");
  const { cells } = await readExecuted(executed);
  expect(cells.map(({ outputs }) => outputs.map(({ output_type }) => output_type))).toEqual([
    ["stream"],
    ["error"],
    [],
  ]);
  expect(await readFile(join(files.outputFolder, "11-failing.html"), "utf8")).toContain("Cannot price: it is -1");
});

it.each([
  ["fails", 'throw new Error("no");', "failed: true"],
  ["does not fail", "1", "failed: false"],
])("tells what is still open when the last cell %s, and waits for it", async (_, last, expected) => {
  const told = join(folder, `told-${expected}.txt`);
  const open = [
    'import { writeFileSync } from "node:fs";',
    'import { setTimeout } from "node:timers/promises";',
    'const key = Symbol.for("rekindle.atShutdown");',
    "const end = async ({ failed }: { failed: boolean }) => {",
    "  await setTimeout(300);",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the cell's own template.
    `  writeFileSync(${JSON.stringify(told)}, ` + "`failed: ${failed}`);",
    "};",
    "(globalThis as unknown as Record<symbol, unknown>)[key] = new Set([end]);",
  ];
  const files = await save("16-open.ipynb", makeNotebook(open.join("\n"), last));
  const run = runNotebook({ ...files, home, env });
  if (expected === "failed: true") await expect(run).rejects.toThrow("Error: no");
  else await run;
  expect(await readFile(told, "utf8")).toBe(expected);
});

it("fails if the last cell leaves a rejection that comes after its end", async () => {
  const files = await save(
    "12-late.ipynb",
    makeNotebook('setTimeout(() => { Promise.reject(new Error("too late")); }, 30);\n1'),
  );
  await expect(runNotebook({ ...files, home, env })).rejects.toThrow(
    /"12-late.ipynb": cell \[1\] failed with .*too late/,
  );
});

it("stops a cell that takes too long and says so", async () => {
  const files = await save("13-endless.ipynb", makeNotebook("while (true) {}"));
  await expect(runNotebook({ ...files, home, env, cellTimeoutSeconds: 1 })).rejects.toThrow(
    "cell [1] failed with CellTimeoutError: The cell did not end within 1 seconds",
  );
});

it("refuses a file that is no notebook, an unknown parameter and a Python that is not there", async () => {
  const broken = await save("14-broken.ipynb", makeNotebook());
  await writeFile(broken.path, "not JSON");
  await expect(runNotebook({ ...broken, home, env })).rejects.toThrow(/Cannot read notebook ".*14-broken.ipynb"/);
  const files = await save("15-plain.ipynb", makeNotebook("1"));
  await expect(runNotebook({ ...files, parameters: { seed: 1 }, home, env })).rejects.toThrow(
    'Cannot set parameter "seed" of "15-plain.ipynb": it has none',
  );
  await expect(runNotebook({ ...files, home, env, python: join(folder, "no-python") })).rejects.toThrow(
    'Cannot run notebook "15-plain.ipynb": spawn',
  );
});
