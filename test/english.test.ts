import { expect, test } from "vitest";
import { cellsOf, findOldErrors, findOpenings, findPhrases, PHRASES, testNames } from "./checks/english-rules.js";
import { findInCode } from "./checks/source-text.js";
import { trackedTexts } from "./checks/tracked-files.js";

/** Folders and files whose English is still to be rewritten; shrinks to nothing. */
const NOT_YET: readonly string[] = [];

function found(texts: ReadonlyMap<string, string>, find: (text: string) => string[] = findPhrases): string[] {
  return [...texts]
    .filter(([path]) => !NOT_YET.some((prefix) => path === prefix || path.startsWith(`${prefix}/`)))
    .flatMap(([path, text]) => find(text).map((message) => `${path}:${message}`));
}

test("sources: comments, help, logs and errors are in plain English", () => {
  const sources = trackedTexts("src/*.ts", "src/**/*.ts", "src/**/*.mjs", "src/**/*.cjs");
  expect(sources.size).toBeGreaterThan(500);
  expect(found(sources)).toEqual([]);
});

test("errors: the remedy follows a semicolon", () => {
  const sources = trackedTexts(
    "src/*.ts",
    "src/**/*.ts",
    "src/**/*.py",
    "src/**/*.mjs",
    "src/**/*.cjs",
    "test/bench/*.mjs",
  );
  expect(found(sources, findOldErrors)).toEqual([]);
  const old = "throw new RangeError('Cannot plan: k is 0, a whole number is needed');";
  expect(findOldErrors(`ok\n  ${old}`)).toEqual([`2: ${old}`]);
  expect(findOldErrors(" * because of this, a seed is needed `x`")).toEqual([]);
});

test("doc comments: functions open with a verb, other exports with a noun phrase", () => {
  expect(found(trackedTexts("src/*.ts", "src/**/*.ts"), findOpenings)).toEqual([]);
});

test.each([
  ["/** The mean. */\nexport function mean(", "1: mean (The mean. )"],
  ["\n/**\n * Customers of a segment.\n */\nexport async function listed(", "2: listed (Customers of a segment.)"],
  ["/** How a list is made. */\nexport interface Options {", "1: Options (How a list is made. )"],
])("opening of a doc comment, found: %j", (source, message) => {
  expect(findOpenings(source)).toEqual([message]);
});

test("opening of a doc comment, not found: verbs and noun phrases", () => {
  const functions = ["Fits a model.", "Left-joins files.", "Re-reads a file."].map(
    (doc) => `/** ${doc} */\nexport function f(`,
  );
  expect([...functions, "/** Options of a fit. */\nexport type Options ="].flatMap(findOpenings)).toEqual([]);
});

test("docs: guides, README and CHANGELOG are in plain English", () => {
  const docs = trackedTexts("docs/*.md", "README.md", "CHANGELOG.md");
  expect(docs.size).toBeGreaterThan(5);
  expect(found(docs)).toEqual([]);
});

test("notebooks: cells are in plain English", () => {
  const notebooks = trackedTexts("notebooks/*.ipynb");
  expect(notebooks.size).toBeGreaterThan(2);
  expect(found(notebooks, (text) => findPhrases(cellsOf(text)))).toEqual([]);
});

test("tests: names are in plain English", () => {
  const tests = trackedTexts("test/*.test.ts", "test/**/*.test.ts");
  expect(tests.size).toBeGreaterThan(100);
  expect(found(tests, (text) => findPhrases(testNames(text)))).toEqual([]);
});

test.each([
  ["The primary metric, laid down now", "laid down"],
  ["features that tell the clusters apart", "tell the clusters apart"],
  ["what the manifest tells", "tells"],
  ["left out for want of consent", "for want of"],
  ["Whoever asks twice", "Whoever"],
  ["customers whom the campaign concerns", "whom the campaign concerns"],
  ["fitted anew", "anew"],
  ["the command that mends it", "mends"],
  ["groups drawn by lot", "by lot"],
  ["a day that is none", "is none"],
  ["/**\n * A clue and\n * beside\n * it no verdict.\n */", "beside it"],
  ["// given\n  // up", "given up"],
  ["so many or fewer are needed", "so many or fewer"],
  ["Makes a teller of it", "teller"],
  ["one is held against the other", "held against"],
  ["checked at the door", "at the door"],
  ["goes on without ado", "without ado"],
  ["after which training ends, be it early", "be it"],
  ["a model to hold others against", "hold others against"],
  ["where it was told of floats", "told of"],
  ["no better than a lot would", "a lot would"],
  ["the figures that hang on it", "hang on it"],
  ["so the run goes on", "run goes on"],
  ["goes on where the one before ended", "goes on where"],
  ["It is so. Who orders once often never returns", "Who orders"],
])("found: %j", (text, words) => {
  expect(findPhrases(text).map((message) => message.replace(/^\d+: (.*) \(.*\)$/, "$1"))).toContain(words);
});

test.each([
  "Takes this many clusters, not the number found best; changes no list",
  "What decides, laid down now; defaults to conversion",
  "Gives up an experiment of the same name, with its readout",
  "Says what is present, missing or stale, and the command that mends it",
  "left out for want of consent: 1,123 refused, 606 gave no answer",
  "the most is 92, so many or fewer are needed",
  "Clusters fitted on 2025-12-01 put 94.0% of today's where these do",
  "1 with a heavy tail have a log axis",
  "Beside it, a clue and no verdict: the spend",
  "Who asks twice does not want to wait.",
])("translated sentence, found: %j", (text) => {
  expect(findPhrases(text)).not.toEqual([]);
});

test.each([
  "is nonetheless true",
  "there is none",
  "an amended file, recommended",
  "a lot of rows, by lots of 100",
  "an intelligent, satellite-fed storyteller's",
  "for whom it may matter",
  "may be items",
  "set the rows apart",
  "given upper limits",
])("not found: %j", (text) => {
  expect(findPhrases(text)).toEqual([]);
});

test("found phrases: with line and plain words", () => {
  expect(findPhrases("one\ntwo\nfitted anew")).toEqual(["3: anew (again, new)"]);
  expect(PHRASES.every(({ pattern, instead }) => pattern.flags === "gi" && instead)).toBe(true);
});

test("test names: read from calls of any form, at their lines", () => {
  const source =
    'describe("a", () => {\n  test.each([[1]])("b %s", () => {});\n  it(\n    "c", () => {});\n  const x = "d";\n});\n';
  expect(testNames(source)).toBe("a\nb %s\nc");
});

test("notebook cells: code and prose, no outputs", () => {
  const cells = [{ source: ["a\n", "b"], outputs: [{ text: "c" }] }, { source: "d" }];
  expect(cellsOf(JSON.stringify({ cells }))).toBe("a\nb\nd");
});

/** Files that write digits themselves, and why. */
const FORMATTERS: Readonly<Record<string, string>> = {
  "src/table": "the one formatter",
  "src/charts/core": "coordinates and ticks",
  "src/charts/feature-distribution-chart.ts": "positions of ticks",
  "src/datasets/demo/truth-row.ts": "CSV",
  "src/reports/segments/summary-table.ts": "a CSV column",
  "src/evaluation/search-progress-bar.ts": "a leaf module: it cannot import the formatter",
  "src/models/boosting/boosting-progress-bar.ts": "a leaf module: it cannot import the formatter",
  "src/progress/progress-bar.ts": "seconds of a log line, in a leaf module",
  "src/progress/search-progress.ts": "seconds of a log line, in a leaf module",
  "src/setup/progress.mjs": "runs before anything is built",
};

test("numbers are formatted in src/table, with few exceptions", () => {
  const own = [...trackedTexts("src/*.ts", "src/**/*.ts", "src/**/*.mjs")]
    .filter(([path]) => !Object.keys(FORMATTERS).some((prefix) => path.startsWith(prefix)))
    .flatMap(([path, text]) =>
      findInCode(text, /\.to(?:Fixed|Precision|LocaleString)\(|Intl\.NumberFormat/).map((line) => `${path}:${line}`),
    );
  expect(own).toEqual([]);
});
