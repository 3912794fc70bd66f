import { describe, expect, it } from "vitest";
import { cellSource, injectParameters, notebookParameters } from "../../src/pipeline/notebooks/notebook-parameters.js";
import { makeNotebook } from "./make-notebook.js";

const declarations = 'let dataset = "demo";\nlet asOf: string | null = null; // or a day\nlet seed = 7;';
const notebook = makeNotebook("1", { source: declarations, tags: ["parameters"] }, "dataset");
const injected = (parameters: Parameters<typeof injectParameters>[1]) =>
  cellSource(injectParameters(notebook, parameters).cells[2]);

describe("notebookParameters", () => {
  it("reads names and written types of the tagged cell", () => {
    const names = [{ name: "dataset" }, { name: "asOf", type: "string | null" }, { name: "seed" }];
    expect(notebookParameters(notebook)).toEqual(names);
  });

  it("finds none without a tagged cell", () => {
    expect(notebookParameters(makeNotebook("let x = 1;"))).toEqual([]);
  });
});

describe("injectParameters", () => {
  it("puts a tagged cell after the one it overrides and leaves the given notebook alone", () => {
    const before = structuredClone(notebook);
    const { cells } = injectParameters(notebook, { dataset: "online-retail", seed: 3 });
    expect(cells.map(({ metadata }) => metadata?.tags)).toEqual([[], ["parameters"], ["injected-parameters"], []]);
    expect(cellSource(cells[2])).toBe('var dataset = "online-retail";\nvar seed = 3;');
    expect(notebook).toEqual(before);
  });

  it("injects nothing without parameters, even into a notebook that declares none", () => {
    expect(injectParameters(notebook, {}).cells).toEqual(notebook.cells);
    expect(injectParameters(makeNotebook("1"), {}).cells).toHaveLength(1);
  });

  it("replaces what an earlier injection left", () => {
    const twice = injectParameters(injectParameters(notebook, { seed: 1 }), { seed: 2 });
    expect(twice.cells.map(cellSource)).toEqual(["1", declarations, "var seed = 2;", "dataset"]);
  });

  it("keeps the written type, so that a value does not narrow it", () => {
    expect(injected({ asOf: "2011-12-09" })).toBe('var asOf: string | null = "2011-12-09";');
  });

  it.each([
    ["null", null, "null"],
    ["a boolean", false, "false"],
    ["NaN", Number.NaN, "NaN"],
    ["infinities", Number.NEGATIVE_INFINITY, "-Infinity"],
    ["minus zero", -0, "-0"],
    ["a large number", 1e21, "1e+21"],
  ])("writes %s", (_, value, written) => {
    expect(injected({ seed: value })).toBe(`var seed = ${written};`);
  });

  it.each(['"', "'", "`$" + "{seed}`", "\\", "a\nb\r\n", "\u2028", "</script>", "*/ //", "ünï ☕ 👋", "\ud800", "\0"])(
    "writes the text %j so that it reads back unchanged",
    (text) => {
      const source = injected({ dataset: text });
      expect(new Function(`${source}\nreturn dataset;`)()).toBe(text);
      expect(source.split("\n")).toHaveLength(1);
    },
  );

  it("names the notebook's parameters when it is given another", () => {
    expect(() => injectParameters(notebook, { datset: "x" }, { name: '"01-cleaning.ipynb"' })).toThrow(
      new RangeError(
        'Cannot set parameter "datset" of "01-cleaning.ipynb": it has dataset, asOf, seed; did you mean "dataset"?',
      ),
    );
    expect(() => injectParameters(makeNotebook("1"), { seed: 1 })).toThrow(/it has none, a cell tagged parameters/);
  });
});
