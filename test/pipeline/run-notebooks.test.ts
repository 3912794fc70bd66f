import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { chooseNotebooks, runNotebooks } from "../../src/pipeline/notebooks/run-notebooks.js";
import { sha256OfFile } from "../../src/storage/files.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "rekindle-notebooks-"));
  for (const name of ["02-features.ipynb", "01-cleaning.ipynb", "scratch.ipynb", "03-notes.md", ".ipynb_checkpoints"]) {
    writeFileSync(join(folder, name), "");
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

test("without numbers all numbered notebooks run, in their order", () => {
  expect(chooseNotebooks(folder, [])).toEqual(["01-cleaning.ipynb", "02-features.ipynb"]);
});

test("numbers choose, each once and in the order of the notebooks", () => {
  expect(chooseNotebooks(folder, ["02", "01", "02"])).toEqual(["01-cleaning.ipynb", "02-features.ipynb"]);
  expect(chooseNotebooks(folder, ["02"])).toEqual(["02-features.ipynb"]);
});

test.each(["03", "1", "", "0"])("%j is the number of none, and those that there are get named", (number) => {
  expect(() => chooseNotebooks(folder, ["01", number])).toThrow(
    new RangeError(`Cannot run notebook "${number}": there is no such number; use one of 01, 02`),
  );
});

const facts = { dataset: "demo", dataset_sha256: "ab", as_of: null, seed: 7, git_commit: null, versions: { a: "1" } };

/**
 * A home with two notebooks, whose Python is a script that writes both files and says three cells.
 *
 * @param ending Lines of the script that come after.
 */
function homeWith(ending = "") {
  const home = mkdtempSync(join(tmpdir(), "rekindle-notebooks-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  for (const path of ["notebooks", "out", join(".venv", "bin")]) mkdirSync(join(home, path), { recursive: true });
  for (const name of ["01-first", "02-second"]) {
    writeFileSync(join(home, "notebooks", `${name}.ipynb`), JSON.stringify({ cells: [] }));
  }
  const event = (text: string) => `echo '${text}'`;
  const cells = [1, 2, 3].flatMap((cell) => [
    event(`{"event": "cell", "cell": ${cell}, "of": 3}`),
    event(`{"event": "done", "cell": ${cell}, "seconds": 0.5}`),
  ]);
  const script = ["#!/bin/sh", 'echo "{}" > "$4"', 'echo "<p>" > "$6"', ...cells, ending];
  writeFileSync(join(home, ".venv", "bin", "python"), script.join("\n"), { mode: 0o755 });
  const said: string[] = [];
  const outputFolder = join(home, "out");
  const options = {
    home,
    folder: join(home, "notebooks"),
    outputFolder,
    parameters: {},
    env: process.env,
    facts,
    now: () => new Date(0),
    say: (line: string) => void said.push(line),
  };
  return { options, said, manifest: join(outputFolder, "manifest.json"), outputFolder };
}

test("a log has one line at the start of a notebook and one at its end", async () => {
  const { options, said } = homeWith();
  await runNotebooks({ ...options, numbers: [] });
  expect(said).toEqual(["  01-first.ipynb: 3 cells (1.5 s)", "  02-second.ipynb: 3 cells (1.5 s)"]);
});

test("a terminal hears of cells too, but not more often than every five seconds", async () => {
  const { options, said } = homeWith();
  let seconds = 0;
  const now = () => {
    seconds += 2;
    return new Date(seconds * 1000);
  };
  await runNotebooks({ ...options, numbers: ["01"], reportsCells: true, now });
  expect(said).toEqual(["  01-first.ipynb: cell 3 of 3", "  01-first.ipynb: 3 cells (1.5 s)"]);
});

test("the output folder gets a manifest with the sha256 of every file and the notebooks that ran", async () => {
  const { options, manifest, outputFolder } = homeWith();
  await runNotebooks({ ...options, numbers: ["02"] });
  expect(JSON.parse(readFileSync(manifest, "utf8"))).toEqual({
    ...facts,
    mlflow_run_id: null,
    params: { notebooks: "02-second.ipynb" },
    files: {
      "02-second.html": await sha256OfFile(join(outputFolder, "02-second.html")),
      "02-second.ipynb": await sha256OfFile(join(outputFolder, "02-second.ipynb")),
    },
  });
});

test("a runner that breaks is reported by the last line that it printed, by all of them only for debugging, and no manifest stays", async () => {
  const traceback = ["Traceback (most recent call last):", '  File "x.py", line 1', "ImportError: No module named y"];
  const { options, manifest } = homeWith(`${traceback.map((line) => `echo '${line}' >&2`).join("\n")}\nexit 3`);
  writeFileSync(manifest, "{}");
  const message = 'Cannot run notebook "01-first.ipynb": the runner ended with 3:';
  await expect(runNotebooks({ ...options, numbers: [] })).rejects.toThrow(
    new Error(`${message} ImportError: No module named y`),
  );
  expect(existsSync(manifest)).toBe(false);
  await expect(runNotebooks({ ...options, numbers: [], debug: true })).rejects.toThrow(
    new Error(`${message}\n${traceback.join("\n")}`),
  );
});
