import type { FormattedValue } from "../../table/index.js";
import type { Block } from "../report.js";
import { code } from "./formats.js";
import type { DataQualityInput } from "./input.js";

export function methodBlocks({
  dataset,
  asOf,
  seed,
  runId,
  gitCommit,
  command,
  sources: files,
}: DataQualityInput): Block[] {
  const facts: [string, FormattedValue | undefined][] = [
    ["Dataset", { value: dataset.name, format: code }],
    ["As of", { value: asOf, format: code }],
    ["Seed", { value: String(seed), format: code }],
    ["Command", command ? { value: command, format: code } : undefined],
    ["Code", gitCommit ? { value: gitCommit, format: code } : undefined],
    ["Run", runId ? { value: runId, format: code } : undefined],
    ...files.map(({ file, sha256 }): [string, FormattedValue] => [
      `sha256 of ${file}`,
      { value: sha256, format: code },
    ]),
    ["Licence", dataset.licence ? { value: dataset.licence } : undefined],
    ["Source", dataset.citation ? { value: dataset.citation } : undefined],
  ];
  return [
    { type: "heading", level: 2, text: "Method and caveats" },
    {
      type: "prose",
      markdown: `- A cleaning rule is a condition, an action and a reason. Rules are fixed before the results are known.
- Features see only what was known at the end of the as-of day. Labels and forecasts cover the days after it and are stored in a separate table.
- Quartiles are interpolated linearly. Skewed features are charted on a log scale; tables show the original values.
- Correlation is not causation: two features may be correlated because both grow with customer age.`,
    },
    { type: "heading", level: 2, text: "Glossary" },
    {
      type: "terms",
      terms: [
        { term: "As of", meaning: "The last day that features may see, counted to its end" },
        { term: "Line", meaning: "One article of an order" },
        { term: "Cohort", meaning: "Customers by the month of their first order" },
        { term: "Recency", meaning: "Days from the last order to the as-of day" },
        { term: "Frequency", meaning: "Number of orders up to the as-of day" },
        { term: "Monetary", meaning: "Total spend up to the as-of day" },
        { term: "Horizon", meaning: "The days after the as-of day that a label or a forecast covers" },
      ],
    },
    {
      type: "heading",
      level: 2,
      text: "Reproduction",
      lead: { markdown: "The same file, as-of day, seed and code give the same numbers." },
    },
    {
      type: "table",
      caption: "Inputs of this report",
      columns: [{ name: "Input" }, { name: "Value" }],
      rows: facts.flatMap(([name, value]) => (value ? [[name, value]] : [])),
    },
  ];
}
