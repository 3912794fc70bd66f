import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { mutateAtRandom } from "../../../src/setup/mutations/mutate-at-random.mjs";
import { withTestCopy } from "../../../src/setup/mutations/test-copy.mjs";
import { withFiles } from "./with-files.js";

const equivalent = {
  file: "src/models/a.ts",
  before: "export const same = (n: number) => n * one;",
  verdict: "equivalent",
};
const files = {
  ...Object.fromEntries(
    ["evaluation", "calibration", "segmentation", "strategy", "features/sql"].map((name) => [
      `src/${name}/index.ts`,
      "",
    ]),
  ),
  "src/models/a.ts": [
    'const [limit, one] = [Number("20"), Number("1")];',
    "export const isLarge = (n: number) => n >= limit;",
    equivalent.before,
    'export const text = (n?: number) => (n === undefined ? "" : n.toFixed());',
    'export const isA = (text: string) => text === "a";',
  ].join("\n"),
  "test/models/a.test.ts": `
    import { expect, test } from "vitest";
    import { isLarge } from "../../src/models/a.js";
    test("a", () => expect([isLarge(3), isLarge(30)]).toEqual([false, true]));`,
  // Ends the whole run, without a report.
  "test/models/b.test.ts": `
    import { expect, test } from "vitest";
    import { isA } from "../../src/models/a.js";
    test("b", () => {
      if (!isA("a")) process.kill(process.ppid, "SIGKILL");
      expect(isA("a")).toBe(true);
    });`,
  "test/golden/survivors.json": JSON.stringify([{ ...equivalent, after: equivalent.before.replace("*", "/") }]),
  "docs/a.md": "",
  "package.json": '{ "type": "module" }',
  "tsconfig.json": readFileSync("tsconfig.json", "utf8"),
  "vitest.config.ts": readFileSync("vitest.config.ts", "utf8"),
};

test("mutateAtRandom: catches, misses, leaves out what does not compile or crashes, and continues", async () => {
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  const signal = new AbortController().signal;
  await withFiles(files, async (home) => {
    symlinkSync(join(process.cwd(), "node_modules"), join(home, "node_modules"));
    const linesOf = async (count: number, from: number) => {
      log.mockClear();
      const code = await withTestCopy(home, { signal }, (copy) => mutateAtRandom(copy, { count, seed: 3, from }));
      return { code, lines: log.mock.calls.map(([line]) => String(line)) };
    };
    const all = await linesOf(100, 1);
    const kinds = all.lines.slice(0, -1).map((line) => {
      const [, kind, , , after] = /draw \d+ {2}(\w+ ?\w*) {2}(\S+).*\n {4}(.*)\n {4}(.*)/.exec(line) ?? [];
      return [after, kind];
    });
    expect(Object.fromEntries(kinds)).toEqual({
      "export const isLarge = (n: number) => n > limit;": "SURVIVED",
      "export const isLarge = (n: number) => n < limit;": "caught",
      "export const same = (n: number) => n / one;": "equivalent",
      'export const text = (n?: number) => (n !== undefined ? "" : n.toFixed());': "not made",
      'export const isA = (text: string) => text !== "a";': "crashed",
    });
    expect(all.code).toBe(1);
    expect(all.lines.at(-1)).toBe("\n1 caught, 1 survived: 50 % caught, seed 3; continue with --from 6");
    const rest = await linesOf(1, 3);
    expect(rest.lines[0]?.split("\n").slice(1)).toEqual(all.lines[2]?.split("\n").slice(1));
  });
  log.mockRestore();
});
