import type { Report } from "../report.js";
import { cleaningBlocks } from "./cleaning-blocks.js";
import { conventionsOf } from "./conventions-of.js";
import { featureBlocks } from "./feature-blocks.js";
import type { DataQualityInput } from "./input.js";
import { methodBlocks } from "./method-blocks.js";
import { salesBlocks } from "./sales-blocks.js";
import { sourceBlocks } from "./source-blocks.js";
import { summaryBlocks } from "./summary-blocks.js";
import { tradeOffBlocks } from "./trade-off-blocks.js";

/** Builds the report on the imported data, the dropped rows and their cost, and the features. */
export function dataQualityReport(input: DataQualityInput): Report {
  const { dataset, asOf, runId, gitCommit } = input;
  return {
    title: "Data quality and the cost of cleaning",
    dataset: dataset.title,
    asOf,
    locale: dataset.locale,
    currency: dataset.currency,
    ...(runId ? { runId } : {}),
    ...(gitCommit ? { gitCommit } : {}),
    blocks: [
      ...summaryBlocks(input),
      ...sourceBlocks(input.sources, conventionsOf(input.dataset)),
      ...cleaningBlocks(input),
      ...tradeOffBlocks(input.tradeOffs),
      ...salesBlocks(input),
      ...featureBlocks(input),
      ...methodBlocks(input),
    ],
  };
}
