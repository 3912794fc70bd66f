import type { ExperimentDesign } from "../../strategy/index.js";
import { pageTexts } from "../../table/index.js";
import type { Report } from "../report.js";
import { splitAssumptions } from "../wording/experiments/assumptions.js";
import { audienceText } from "../wording/experiments/audience.js";
import { splitSentences } from "../wording/experiments/split.js";
import { glossaryOf, listBlock, nextStepBlocks, reportHead, sentenceBlock } from "./blocks.js";
import type { ExperimentPageFacts } from "./facts.js";
import { splitTable } from "./split-table.js";

/** Builds the page of a split: test and control customers, the balance of the groups, and the analysis plan. */
export function splitReport(design: ExperimentDesign, facts: ExperimentPageFacts): Report {
  const texts = pageTexts(facts);
  const { name, segment, asOf, test, control, optedOut, unknownConsent, consentKnown, horizonDays } = design;
  const audience = { customers: test + control, optedOut, unknownConsent, consentKnown };
  return {
    ...reportHead(`Experiment: ${name}`, asOf, facts),
    blocks: [
      sentenceBlock(splitSentences({ design, detects: facts.detects }, texts).join(" "), "lead"),
      {
        type: "kpis",
        kpis: [
          { label: "test customers", value: test, format: { kind: "count" } },
          { label: "control customers", value: control, format: { kind: "count" } },
          { label: "days of the test", value: horizonDays, format: { kind: "count" } },
        ],
      },
      {
        type: "heading",
        level: 2,
        text: "Balance",
        lead: { markdown: "Both groups have the same share of each stratum, to one customer." },
      },
      splitTable(design),
      { type: "heading", level: 2, text: "Design, fixed at split time" },
      listBlock([audienceText(audience, { segment, asOf }, texts), ...splitAssumptions(design, texts)]),
      ...nextStepBlocks("Read the result when the days are over:", facts),
      ...glossaryOf(["stratum", "power", "adjusted", "capped"]),
    ],
  };
}
