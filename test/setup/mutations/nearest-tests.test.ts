import { expect, test } from "vitest";
import { drawMutations } from "../../../src/setup/mutations/draw-mutations.mjs";
import { distancesTo, importGraph } from "../../../src/setup/mutations/import-graph.mjs";
import { nearestTests } from "../../../src/setup/mutations/nearest-tests.mjs";
import { withFiles } from "./with-files.js";

const graph = importGraph(".");

test("importGraph follows names through contents pages, and leaves types out", () => {
  const files = {
    "src/models/a.ts": "export const a = 1;\nexport function other() {}\n",
    "src/models/b.ts": 'import { a } from "./a.js";\nexport const b = a + 1;\nexport type B = number;\n',
    "src/models/c.ts": "export class C {}\n",
    "src/models/index.ts":
      'export { a as one } from "./a.js";\nexport * from "./b.js";\nexport * as c from "./c.js";\nexport type { B } from "./b.js";\n',
    "src/sql/read.ts":
      // biome-ignore lint/suspicious/noTemplateCurlyInString: text of a source
      "export const read = (name: string) => new URL(`./queries/${name}.sql`, import.meta.url);\n",
    "src/sql/queries/q.sql": "SELECT 1",
    "test/one.test.ts": 'import { one, type B } from "../src/models/index.js";\n',
    "test/b.test.ts":
      'import {\n  b,\n} from "../src/models/index.js";\n/* import { C } from "../src/models/c.js"; */\n',
    "test/c.test.ts": 'import { c } from "../src/models/index.js";\n',
    "test/all.test.ts": 'import * as models from "../src/models/index.js";\n',
    "test/later.test.ts": 'const { one } = await import("../src/models/index.js");\n',
    "test/type.test.ts": 'import type { B } from "../src/models/b.js";\n',
  };
  withFiles(files, (home) => {
    const found = importGraph(home);
    expect([...(found.get("test/one.test.ts") ?? [])]).toEqual(["src/models/a.ts"]);
    expect([...(found.get("test/b.test.ts") ?? [])]).toEqual(["src/models/b.ts"]);
    expect([...(found.get("test/c.test.ts") ?? [])]).toEqual(["src/models/c.ts"]);
    expect([...(found.get("test/type.test.ts") ?? [])]).toEqual([]);
    for (const test of ["test/all.test.ts", "test/later.test.ts"])
      expect([...(found.get(test) ?? [])]).toEqual(
        expect.arrayContaining(["src/models/a.ts", "src/models/b.ts", "src/models/c.ts"]),
      );
    expect([...(found.get("src/sql/read.ts") ?? [])]).toEqual(["src/sql/queries/q.sql"]);
    expect(Object.fromEntries(distancesTo(found, "src/models/a.ts"))).toMatchObject({
      "src/models/b.ts": 1,
      "test/one.test.ts": 1,
      "test/b.test.ts": 2,
    });
  });
});

test("nearestTests: the namesake first, then by the number of imports between, published figures, other modules", () => {
  const groups = nearestTests(graph, "src/segmentation/clusters/find-knee.ts");
  const placeOf = (test: string) => groups.findIndex((group) => group.includes(test));
  const places = [
    "test/segmentation/choose-cluster-count.test.ts",
    "test/golden/knees.test.ts",
    "test/pipeline/stage.test.ts",
  ].map(placeOf);
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(new Set(places).size).toBe(3);
  expect(places).not.toContain(-1);
  expect(placeOf("test/segmentation/kmeans.test.ts")).toBe(-1);
  expect(nearestTests(graph, "src/models/btyd/predict/expected-spend.ts")[0]).toEqual([
    "test/models/btyd/expected-spend.test.ts",
  ]);
  expect(groups.flat().filter((test) => /^test\/(e2e|pages)\//.test(test))).toEqual([]);
});

test("nearestTests: every file that is mutated has a test", () => {
  const files = new Set(drawMutations(".", { count: 1e6, seed: 1 }).map(({ file }) => file));
  expect([...files].filter((file) => !nearestTests(graph, file).length)).toEqual([]);
});
