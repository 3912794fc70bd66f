import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fencedExamples } from "../checks/examples.js";
import { importViolations } from "../checks/import-rules.js";
import { tablesIn } from "../checks/markdown-tables.js";
import { ROOT, textOf, trackedTexts } from "../checks/tracked-files.js";

const path = "docs/architecture.md";
const page = textOf(path);

describe("the picture of the floors", () => {
  const [picture] = fencedExamples(path, page, "text");
  const lines = picture.code.trimEnd().split("\n");
  const floors = lines.map((line): string[] => line.match(/\w+/g) ?? []);
  const modules = floors.flat();

  test("has every module of src once", () => {
    const folders = readdirSync(join(ROOT, "src"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const expected = folders.map(({ name }) => name).filter((name) => name !== "setup");
    expect([...modules].sort()).toEqual([...expected, "errors"].sort());
  });

  test("has every module above all modules that it may import", () => {
    const place = (module: string) => floors.findIndex((floor) => floor.includes(module));
    const upside: string[] = [];
    for (const from of modules.filter((module) => module !== "errors")) {
      for (const to of modules.filter((module) => module !== from)) {
        const target = to === "errors" ? "../errors.js" : `../${to}/index.js`;
        const isAllowed = !importViolations(`src/${from}/a.ts`, `import { a } from "${target}";\n`).length;
        const lower = place(to) > place(from) || (place(to) === place(from) && isRightOf(to, from));
        if (isAllowed && !lower) upside.push(`${from} may import ${to}`);
      }
    }
    expect(upside).toEqual([]);
  });

  /** In the last line, the leaves. */
  function isRightOf(to: string, from: string): boolean {
    const leaves = floors[floors.length - 1];
    return leaves.includes(from) && leaves.indexOf(to) > leaves.indexOf(from);
  }
});

test("the families of tables have the names that the code has", () => {
  const sources = [...trackedTexts("src/**/*.ts", "src/**/*.sql").values()].join("\n");
  const rows = tablesIn(page).get("Families of tables") ?? [];
  expect(rows.map(({ family }) => family)).toHaveLength(10);
  const names = rows.flatMap(({ names }) => [...names.matchAll(/`([^`]+)`/g)].map(([, name]) => name));
  expect(names.length).toBeGreaterThan(10);
  const isThere = (name: string) =>
    new RegExp(`["'\`\\s(_]${name.replace(/<table>$/, "(?:\\$\\{|[a-z])")}`).test(sources);
  expect(names.filter((name) => !isThere(name))).toEqual([]);
});

test("each concept is where the page says", () => {
  const rows = tablesIn(page).get("Six concepts") ?? [];
  expect(rows.map(({ concept }) => concept)).toEqual([
    "Stage",
    "Options",
    "Observations",
    "Candidate",
    "DataTable",
    "Artifact",
  ]);
  const names = ["runStage", "defineOptions", "openObservations", "backtest", "DataTable", "Artifact"];
  for (const [i, name] of names.entries()) {
    const targets = [...rows[i]["where"].matchAll(/\]\(\.\.\/([^)]+)\)/g)].map(([, target]) => textOf(target));
    expect(targets.some((text) => new RegExp(`export (?:async )?(?:function|interface) ${name}\\b`).test(text))).toBe(
      true,
    );
  }
});
