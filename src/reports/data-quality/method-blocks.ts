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
      markdown: `- A rule is a condition, an action and a reason; it never changes with the result.
- Features see only what was known at the end of the as-of day. Labels and forecasts look at the days after it and are kept in a table of their own.
- Quartiles are interpolated linearly. A log axis is taken where a tail is heavy; the numbers in the tables are untouched.
- Correlation is not cause: two features may move together because both grow with time as a customer.`,
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
      text: "How to get the same numbers again",
      lead: { markdown: "The same file, as-of day, seed and code give the same numbers." },
    },
    {
      type: "table",
      caption: "What this report was made from",
      columns: [{ name: "What" }, { name: "Value" }],
      rows: facts.flatMap(([name, value]) => (value ? [[name, value]] : [])),
    },
  ];
}
