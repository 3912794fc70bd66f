import type { PlannedExperiment } from "../../strategy/index.js";
import { pageTexts } from "../../table/index.js";
import type { Block, Report } from "../report.js";
import { planAssumptions } from "../wording/experiments/assumptions.js";
import { audienceText } from "../wording/experiments/audience.js";
import { planSentences } from "../wording/experiments/plan.js";
import { glossaryOf, listBlock, nextStepBlocks, reportHead, sentenceBlock } from "./blocks.js";
import type { ExperimentPageFacts } from "./facts.js";
import { planTable } from "./plan-table.js";

/** Builds the page of a plan: the effects that a test on a segment can detect, and the assumptions. */
export function planReport(planned: PlannedExperiment, facts: ExperimentPageFacts): Report {
  const { plan, segment, asOf, audience, horizonDays } = planned;
  const texts = pageTexts(facts);
  const { arms, measures, spend } = plan;
  const rise = { kind: "percent", signed: true } as const;
  const kpis: Extract<Block, { type: "kpis" }>["kpis"] = [
    { label: "test customers", value: arms.test, format: { kind: "count" } },
    { label: "control customers", value: arms.control, format: { kind: "count" } },
    { label: "detectable rise in conversion", value: measures[0].minimumDetectableEffect, format: rise },
    { label: "detectable rise in spend", value: spend?.minimumDetectableEffect ?? null, format: rise },
    { label: "days of the test", value: horizonDays, format: { kind: "count" } },
    { label: "power", value: plan.power, format: { kind: "percent", digits: 0 } },
  ];
  return {
    ...reportHead(`Test plan: ${segment}`, asOf, facts),
    blocks: [
      sentenceBlock(planSentences(plan, texts), "lead"),
      { type: "kpis", kpis },
      { type: "heading", level: 2, text: "What the test can detect" },
      planTable(plan, texts),
      { type: "heading", level: 2, text: "Assumptions" },
      listBlock([audienceText(audience, { segment, asOf }, texts), ...planAssumptions(planned, texts)]),
      ...nextStepBlocks("Draw the groups when the campaign is decided:", facts),
      ...glossaryOf(["minimum detectable effect", "power", "adjusted", "capped"]),
    ],
  };
}
