import type { Block, Report } from "../report.js";
import type { ExperimentPageFacts } from "./facts.js";

/** Returns a page without its blocks. */
export function reportHead(title: string, asOf: string, facts: ExperimentPageFacts): Omit<Report, "blocks"> {
  const { title: dataset, locale, currency, runId, gitCommit } = facts;
  return {
    title,
    dataset,
    asOf,
    locale,
    currency,
    ...(runId ? { runId } : {}),
    ...(gitCommit ? { gitCommit } : {}),
  };
}

/** Wraps sentences in a block. They are bound as a value, so that names in them are never read as Markdown. */
export function sentenceBlock(sentences: string, style?: "lead" | "warning"): Block {
  return {
    type: "prose",
    ...(style ? { style } : {}),
    markdown: "{{sentences}}",
    values: { sentences: { value: sentences } },
  };
}

/** Wraps facts in a list, one sentence each. */
export function listBlock(facts: readonly string[]): Block {
  return {
    type: "prose",
    markdown: facts.map((_, i) => `- {{fact${i}}}`).join("\n"),
    values: Object.fromEntries(
      facts.map((fact, i) => [`fact${i}`, { value: /[.!?]$/.test(fact) ? fact : `${fact}.` }]),
    ),
  };
}

/** Returns a block with a command to copy. */
function commandBlock(command: string): Block {
  return { type: "prose", markdown: `\`\`\`sh\n${command.replaceAll("`", "'")}\n\`\`\`` };
}

/** Returns the section of the next step, with its command; nothing where there is none. */
export function nextStepBlocks(sentence: string, { next }: Pick<ExperimentPageFacts, "next">): Block[] {
  if (next === undefined) return [];
  return [{ type: "heading", level: 2, text: "Next step" }, sentenceBlock(sentence), commandBlock(next)];
}

const TERMS = {
  interval: {
    term: "Interval",
    meaning: "The range of values that are compatible with the data at the stated level",
  },
  "minimum detectable effect": {
    term: "Detectable change",
    meaning: "The smallest change that groups of this size show with the stated power",
  },
  power: { term: "Power", meaning: "The chance that the test detects a change of the detectable size" },
  stratum: { term: "Stratum", meaning: "Customers who are alike before the campaign, such as a quarter by past spend" },
  "sample ratio": {
    term: "Sample ratio mismatch",
    meaning: "Group sizes that differ from the split by more than chance explains: customers are missing from a group",
  },
  adjusted: {
    term: "Adjusted for past spend",
    meaning: "Differences between the groups that existed before the campaign are removed (CUPED)",
  },
  capped: {
    term: "Outliers capped",
    meaning:
      "Each customer's spend counts up to the cap, so that few large orders do not decide the result; changes above it do not show (winsorized)",
  },
} as const;

/** Builds the glossary of the terms that a page uses. */
export function glossaryOf(terms: readonly (keyof typeof TERMS)[]): Block[] {
  return [
    { type: "heading", level: 2, text: "Glossary" },
    { type: "terms", terms: terms.map((term) => TERMS[term]) },
  ];
}
