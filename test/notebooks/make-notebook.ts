import type { Notebook, NotebookCell } from "../../src/pipeline/notebooks/notebook-parameters.js";

/** A notebook of code cells, each a source or a source with tags. */
export function makeNotebook(...cells: readonly (string | { source: string; tags: readonly string[] })[]): Notebook {
  return {
    cells: cells.map((cell, i): NotebookCell => {
      const { source, tags } = typeof cell === "string" ? { source: cell, tags: [] } : cell;
      return { cell_type: "code", id: `cell-${i}`, metadata: { tags }, source, outputs: [], execution_count: null };
    }),
    metadata: { kernelspec: { name: "tslab", display_name: "TypeScript", language: "typescript" } },
    nbformat: 4,
    nbformat_minor: 5,
  };
}
