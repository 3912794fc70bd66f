import type { ExperimentDesign, ExperimentPlan, ExperimentReading } from "../../strategy/index.js";
import { type Conventions, type DataTable, numberTexts, renderText } from "../../table/index.js";
import { contactKeyRemark } from "../wording/consent.js";
import { planSentences } from "../wording/experiments/plan.js";
import { readoutSentences } from "../wording/experiments/readout.js";
import { splitSentences } from "../wording/experiments/split.js";
import type { ExperimentPageFacts } from "./facts.js";
import { planTable, SPEND_NOTE } from "./plan-table.js";
import { PRIMARY_METRIC_NOTE, readoutTable } from "./readout-table.js";
import { splitTable } from "./split-table.js";

/** Writes a plan for the terminal. */
export function planText(plan: ExperimentPlan, conventions: Conventions): string {
  const texts = numberTexts(conventions);
  const note = plan.spend ? [`* ${SPEND_NOTE}`] : [];
  return [textOf(planTable(plan, texts), conventions), ...note, "", planSentences(plan, texts)].join("\n");
}

/** Writes a split for the terminal, with the command that reads it. */
export function splitText(
  design: ExperimentDesign,
  facts: Conventions & Pick<ExperimentPageFacts, "next" | "detects">,
): string {
  const contactKeys = contactKeyRemark(design.idColumn, "split.csv names");
  return [
    textOf(splitTable(design), facts),
    "",
    ...splitSentences({ design, detects: facts.detects }, numberTexts(facts)),
    ...(contactKeys === undefined ? [] : [contactKeys]),
    ...(facts.next ? [`When it is over: ${facts.next}`] : []),
  ].join("\n");
}

/** Writes a readout for the terminal, without its warnings. */
export function readoutText(reading: ExperimentReading, conventions: Conventions): string {
  const texts = numberTexts(conventions);
  const table = textOf(readoutTable(reading, texts), conventions);
  return [table, `* ${PRIMARY_METRIC_NOTE}`, "", ...readoutSentences(reading, texts)].join("\n");
}

/** The conventions may be those of a whole report. */
function textOf(table: DataTable, { locale, currency }: Conventions): string {
  return renderText(table, { locale, currency });
}
