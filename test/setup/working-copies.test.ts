import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { refreshWorkingCopies } from "../../src/setup/notebooks/refresh-working-copies.mjs";
import { planWorkingCopies, workingCopyOf } from "../../src/setup/notebooks/working-copies.mjs";
import { placesAt } from "../../src/setup/places.mjs";
import { temporaryFolder, writeFiles } from "./temporary-folder.js";

type Cell = Readonly<Record<string, unknown>>;

/** A notebook as git has it: without outputs, its source as lines. */
function notebook(...sources: string[]): string {
  const cells = sources.map((source) => codeCell(source.split(/(?<=\n)/)));
  return JSON.stringify({ cells, metadata: { kernelspec: { name: "tslab" } }, nbformat: 4, nbformat_minor: 5 });
}

function codeCell(source: string | string[], more: Cell = {}): Cell {
  return { cell_type: "code", execution_count: null, metadata: {}, outputs: [], source, ...more };
}

/** The copy as JupyterLab saves it after all cells ran: with outputs, counts, ids, and sources as one text. */
function executed(copy: string): string {
  const saved = JSON.parse(copy);
  saved.cells = saved.cells.map((cell: { source: string[] }, i: number) => ({
    ...codeCell(cell.source.join("")),
    execution_count: i + 1,
    id: `cell-${i}`,
    metadata: { trusted: true },
    outputs: [{ output_type: "stream", name: "stdout", text: "1\n" }],
  }));
  saved.metadata.language_info = { name: "typescript" };
  return JSON.stringify(saved, null, 1);
}

/** The copy with another source of its first cell. */
function edited(copy: string): string {
  const saved = JSON.parse(copy);
  saved.cells[0].source = "mine;";
  return JSON.stringify(saved);
}

const name = "01-cleaning.ipynb";
const [former, latest] = [notebook("1;\n2;"), notebook("1;\n3;")];
const copy = workingCopyOf(former);
const plan = (original: string, copy?: string) => planWorkingCopies([{ name, original, copy }])[0];

describe("planWorkingCopies", () => {
  test.each([
    ["an up-to-date copy", former, copy],
    ["a copy that ran", former, executed(copy)],
    ["a copy that only its owner changed", former, edited(copy)],
    ["a copy that was brought up to date by hand", latest, workingCopyOf(latest).replace(/"original": "\w/, "$&0")],
    ["somebody's own notebook of the same name", latest, former],
    ["a file of the same name that is no notebook", latest, "not JSON"],
    ["a file of the same name that holds null", latest, "null"],
  ])("%s is kept", (_, original, copy) => {
    expect(plan(original, copy)).toEqual({ name, action: "keep" });
  });

  test("a missing copy is created, with all that the original has", () => {
    const created = plan(former);
    if (created?.action !== "create") throw new Error(`expected a new copy, got ${created?.action}`);
    const { metadata, ...content } = JSON.parse(created.text);
    expect(content).toEqual({ ...JSON.parse(former), metadata: undefined });
    expect(metadata).toMatchObject({ kernelspec: { name: "tslab" } });
  });

  test("a copy is refreshed if only the original changed, also if it ran", () => {
    const text = workingCopyOf(latest);
    expect(plan(latest, copy)).toEqual({ name, action: "refresh", text, kept: false });
    expect(plan(latest, executed(copy))).toEqual({ name, action: "refresh", text, kept: true });
    expect(plan(former, text)).toMatchObject({ action: "refresh" });
  });

  test.each([
    ["the source of a cell", edited],
    ["a new cell", (copy: string) => JSON.stringify({ ...JSON.parse(copy), cells: [...JSON.parse(copy).cells, {}] })],
    ["a removed cell", (copy: string) => JSON.stringify({ ...JSON.parse(copy), cells: [] })],
    ["a tag", (copy: string) => copy.replace('"trusted": true', '"tags": ["mine"]')],
    ["the type of a cell", (copy: string) => copy.replace('"code"', '"markdown"')],
    ["cells that are no list", (copy: string) => JSON.stringify({ ...JSON.parse(copy), cells: "gone" })],
  ])("%s that was changed keeps the copy when the original changed too", (_, change) => {
    expect(change(executed(copy))).not.toBe(executed(copy));
    expect(plan(latest, change(executed(copy)))).toEqual({ name, action: "conflict" });
  });
});

/** A checkout with one shipped notebook, and what its folder of working copies holds. */
function checkout(files: Readonly<Record<string, string>> = { [`notebooks/${name}`]: former }) {
  const places = placesAt(temporaryFolder());
  writeFiles(places.home, files);
  const path = join(places.workingCopies, name);
  return { places, path, text: () => readFileSync(path, "utf8"), original: join(places.notebooks, name) };
}

describe("refreshWorkingCopies", () => {
  test("copies what is missing, says so once, and brings a deleted copy back", () => {
    const { places, path, text } = checkout();
    expect(refreshWorkingCopies(places)).toEqual([`notebooks/work/${name}: new copy of notebooks/${name}`]);
    expect(text()).toBe(copy);
    expect(refreshWorkingCopies(places)).toEqual([]);
    writeFileSync(path, edited(copy));
    expect(refreshWorkingCopies(places)).toEqual([]);
    rmSync(path);
    refreshWorkingCopies(places);
    expect(text()).toBe(copy);
  });

  test("keeps the outputs of a refreshed copy in a file of their own", () => {
    const { places, path, text, original } = checkout();
    refreshWorkingCopies(places);
    const ran = executed(text());
    writeFileSync(path, ran);
    writeFileSync(original, latest);
    const [line, ...others] = refreshWorkingCopies(places);
    expect(others).toEqual([]);
    const [, earlier = ""] =
      /^notebooks\/work\/01-cleaning\.ipynb: refreshed, the original changed; the former copy with its outputs is (\S+)$/.exec(
        line ?? "",
      ) ?? [];
    expect(earlier).toMatch(/^notebooks\/work\/earlier\/01-cleaning-[0-9a-f]{8}\.ipynb$/);
    expect(readFileSync(join(places.home, earlier), "utf8")).toBe(ran);
    expect(text()).toBe(workingCopyOf(latest));
  });

  test("keeps a copy that was changed with one line, until it is moved away", () => {
    const { places, path, text, original } = checkout();
    refreshWorkingCopies(places);
    writeFileSync(path, edited(copy));
    writeFileSync(original, latest);
    const lines = [
      `notebooks/work/${name}: kept, you and the original both changed; the new original is notebooks/${name}, to take it move your copy away and start again`,
    ];
    expect(refreshWorkingCopies(places)).toEqual(lines);
    expect(refreshWorkingCopies(places)).toEqual(lines);
    expect(text()).toBe(edited(copy));
    rmSync(path);
    refreshWorkingCopies(places);
    expect(text()).toBe(workingCopyOf(latest));
  });

  test("leaves own notebooks and data alone, and copies of notebooks that are no longer shipped", () => {
    const { places, original } = checkout();
    refreshWorkingCopies(places);
    const own = { "mine.ipynb": "own", [`${name}.tmp`]: "own", "data.csv": "own", "earlier/x.ipynb": "own" };
    writeFiles(places.workingCopies, own);
    rmSync(original);
    writeFiles(places.notebooks, { "02-features.ipynb": latest });
    refreshWorkingCopies(places);
    for (const file of Object.keys(own)) expect(readFileSync(join(places.workingCopies, file), "utf8")).toBe("own");
    expect(readdirSync(places.workingCopies).sort()).toEqual(
      [name, `${name}.tmp`, "02-features.ipynb", "data.csv", "earlier", "mine.ipynb"].sort(),
    );
  });

  test("says what is in the way", () => {
    const { places } = checkout({ [`notebooks/${name}`]: former, "notebooks/work": "a file" });
    expect(() => refreshWorkingCopies(places)).toThrow(/^Cannot prepare notebooks\/work: EEXIST/);
  });

  test("a refresh that is killed at any moment loses nothing, and the next one completes it", async () => {
    const module = fileURLToPath(new URL("../../src/setup/notebooks/refresh-working-copies.mjs", import.meta.url));
    const { places, path, text, original } = checkout();
    refreshWorkingCopies(places);
    const ran = executed(text());
    const earlier = join(places.workingCopies, "earlier");
    const runs = ["mkdir", "open", "write", "rename"].flatMap((call) => [1, 2].map((nth) => ({ call, nth })));
    let killed = 0;
    for (const { call, nth } of runs) {
      writeFileSync(path, ran);
      rmSync(earlier, { recursive: true, force: true });
      writeFileSync(original, latest);
      // Kills the process in front of its nth call of a function that changes files.
      const script = `
        import fs from "node:fs";
        import { syncBuiltinESMExports } from "node:module";
        const name = ${JSON.stringify({ mkdir: "mkdirSync", open: "openSync", write: "writeFileSync", rename: "renameSync" })}["${call}"];
        const real = fs[name];
        let count = 0;
        fs[name] = (...args) => (++count === ${nth} ? process.kill(process.pid, "SIGKILL") : real(...args));
        syncBuiltinESMExports();
        const { refreshWorkingCopies } = await import(${JSON.stringify(module)});
        const { placesAt } = await import(${JSON.stringify(new URL("../places.mjs", `file://${module}`).pathname)});
        refreshWorkingCopies(placesAt(${JSON.stringify(places.home)}));`;
      const child = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: "ignore" });
      const [, signal] = await once(child, "exit");
      if (signal === "SIGKILL") ++killed;
      const kept = () => (existsSync(earlier) ? readdirSync(earlier).filter((file) => file.endsWith(".ipynb")) : []);
      expect([ran, workingCopyOf(latest)]).toContain(text());
      refreshWorkingCopies(places);
      expect(text()).toBe(workingCopyOf(latest));
      expect(kept().map((file) => readFileSync(join(earlier, file), "utf8"))).toEqual([ran]);
      expect(readdirSync(places.workingCopies).sort()).toEqual([name, "earlier"]);
      mkdirSync(earlier, { recursive: true });
    }
    expect(killed).toBeGreaterThanOrEqual(runs.length / 2);
  });
});
